/** Words that hold sentences together, in the languages of the sample: no phrase of a trend begins or ends with them. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'aber als am an auch auf aus bei beim bis das dass dem den der des die doch ein eine einem einen einer es für hat ich im in ist ' +
    'jetzt kann man mehr mit nach nicht noch nur oder ohne pro sich sie sind so statt über um und uns unter vom von vor war was wer wie wird zu zum zur ' +
    'au aux avec ce ces dans de des du elle en est et il la le les leur ne on ou par pas pour que qui sa se ses son sous sur un une ' +
    'al como con del el es esta las los más ni no para por qué se sin su una unas unos y ya ' +
    'che chi ci con da dal dei del della di e gli i il la le lo nel non per più si sono su tra un una'
  ).split(' '),
)
