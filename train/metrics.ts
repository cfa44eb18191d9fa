/** Average precision, 0..1, of `scores` for the rows where `hits` is true; equal scores share a rank. */
export function averagePrecision(scores: readonly number[], hits: readonly boolean[]): number {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const total = hits.filter(Boolean).length;
  let [found, sum, recall] = [0, 0, 0];
  for (let i = 0; i < order.length;) {
    let j = i;
    for (; j < order.length && scores[order[j]!] === scores[order[i]!]; j++) {
      if (hits[order[j]!]) found++;
    }
    sum += (found / j) * (found / total - recall);
    recall = found / total;
    i = j;
  }
  return sum;
}

/** Mean recall, 0..1, over the classes that occur in `truth`. */
export function macroRecall(guesses: readonly number[], truth: readonly number[]): number {
  const [hits, asked] = [new Map<number, number>(), new Map<number, number>()];
  truth.forEach((label, i) => {
    asked.set(label, (asked.get(label) ?? 0) + 1);
    if (guesses[i] === label) hits.set(label, (hits.get(label) ?? 0) + 1);
  });
  const recalls = [...asked].map(([label, count]) => (hits.get(label) ?? 0) / count);
  return recalls.reduce((a, b) => a + b, 0) / asked.size;
}

/** The best precision, 0..1, at a recall of at least `recall`. */
export function precisionAt(
  recall: number,
  scores: readonly number[],
  hits: readonly boolean[],
): number {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const total = hits.filter(Boolean).length;
  let [found, best] = [0, 0];
  order.forEach((row, rank) => {
    if (hits[row]) found++;
    const next = order[rank + 1];
    if (next !== undefined && scores[next] === scores[row]) return;
    if (found / total >= recall) best = Math.max(best, found / (rank + 1));
  });
  return best;
}
