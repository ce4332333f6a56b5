// How much a piece of evidence weighs, in words.

export type Strength = 'strong' | 'fair' | 'weak';

/** The words for a weight in log-odds: 2.3 is ten to one, 0.7 two to one. */
export function strengthOf(weight: number): Strength {
  if (weight >= 2.3) return 'strong';
  return weight >= 0.7 ? 'fair' : 'weak';
}
