/** Common first names of adults by country, from statistics and registries; the first list is international. */
const FIRST_NAMES: Readonly<Record<string, readonly string[]>> = {
  '': ['Alex', 'Maya', 'Noah', 'Sara', 'Leo', 'Ines', 'Omar', 'Nina', 'Tom', 'Aisha', 'Ben', 'Clara'],
  AT: ['Lukas', 'Anna', 'Florian', 'Katharina', 'Stefan', 'Julia', 'Thomas', 'Magdalena', 'Markus', 'Eva'],
  AU: ['Jack', 'Chloe', 'Liam', 'Olivia', 'Josh', 'Emily', 'Matt', 'Zoe', 'Ryan', 'Grace'],
  BR: ['João', 'Ana', 'Pedro', 'Juliana', 'Lucas', 'Camila', 'Rafael', 'Fernanda', 'Thiago', 'Beatriz'],
  CA: ['Ethan', 'Emma', 'Liam', 'Chloé', 'Owen', 'Sophie', 'Ryan', 'Priya', 'Marc', 'Hannah'],
  CH: ['Luca', 'Nina', 'Marco', 'Laura', 'Reto', 'Céline', 'Jonas', 'Chiara', 'Beat', 'Simone'],
  DE: ['Lena', 'Jonas', 'Katrin', 'Mehmet', 'Anja', 'Felix', 'Sabine', 'Tim', 'Elif', 'Stefan', 'Jana', 'Paul'],
  DK: ['Mads', 'Freja', 'Lars', 'Ida', 'Rasmus', 'Mette', 'Emil', 'Sofie', 'Jens', 'Camilla'],
  ES: ['Lucía', 'Javier', 'Carmen', 'Alejandro', 'Marta', 'Pablo', 'Laura', 'Sergio', 'Elena', 'Diego'],
  FR: ['Camille', 'Julien', 'Léa', 'Nicolas', 'Inès', 'Thomas', 'Manon', 'Karim', 'Claire', 'Antoine'],
  GB: ['Olivia', 'Jack', 'Amelia', 'Harry', 'Priya', 'Tom', 'Charlotte', 'Mohammed', 'Gemma', 'Callum'],
  IN: ['Priya', 'Arjun', 'Ananya', 'Rahul', 'Kavya', 'Vikram', 'Neha', 'Rohan', 'Meera', 'Aditya'],
  IT: ['Giulia', 'Marco', 'Chiara', 'Luca', 'Francesca', 'Andrea', 'Elena', 'Matteo', 'Sara', 'Davide'],
  JP: ['Yui', 'Haruto', 'Sakura', 'Kenta', 'Aoi', 'Daiki', 'Misaki', 'Takumi', 'Rin', 'Naoki'],
  NL: ['Emma', 'Daan', 'Sanne', 'Bram', 'Lotte', 'Jeroen', 'Fleur', 'Youssef', 'Anouk', 'Thijs'],
  PL: ['Kasia', 'Piotr', 'Anna', 'Tomasz', 'Magda', 'Michał', 'Ola', 'Jakub', 'Ewa', 'Paweł'],
  SE: ['Elsa', 'Erik', 'Maja', 'Oskar', 'Linnea', 'Johan', 'Sara', 'Anders', 'Ebba', 'Karl'],
  US: ['Emily', 'Marcus', 'Jessica', 'Tyler', 'Ashley', 'Carlos', 'Megan', 'DeShawn', 'Rachel', 'Kevin'],
}

/** First names for a country; a country without a list gets the international one. */
export function namesOf(region: string | undefined): readonly string[] {
  return FIRST_NAMES[region && Object.hasOwn(FIRST_NAMES, region) ? region : ''] ?? []
}
