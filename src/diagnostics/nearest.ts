/**
 * The choice that was meant most likely: the one with the fewest slips from what was written, if there are few enough.
 * A slip is one character too many, missing, wrong, or swapped with its neighbour (Damerau and Levenshtein); case counts
 * less than that.
 * @returns undefined when nothing is near: a wild guess misleads more than none
 */
export function nearest(word: string, choices: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  // About one slip in three characters; a word that only begins the choice, or the other way round, is near too.
  const most = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const choice of choices) {
    const other = choice.toLowerCase();
    if (Math.abs(other.length - wanted.length) > most) continue;
    const slips = choice === word ? -1 : distance(wanted, other, Math.min(most, least));
    if (slips <= most && slips < least) {
      best = choice;
      least = slips;
    }
  }
  return best;
}

/** Slips between two texts; anything above `most` is as good as infinite. */
function distance(a: string, b: string, most: number): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    let smallest = row;
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let slips = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) slips = Math.min(slips, (before[column - 2] ?? 0) + 1);
      current.push(slips);
      smallest = Math.min(smallest, slips);
    }
    if (smallest > most) return Number.POSITIVE_INFINITY;
    before = above;
    above = current;
  }
  return above[b.length] ?? Number.POSITIVE_INFINITY;
}
