/** Words that say nothing by themselves, however much they move a score. */
const EMPTY: ReadonlySet<string> = new Set(
  (
    'the a an and or but if of to in on at for with from by as is are was were be been being am im ' +
    'it its this that these those i me my we us our you your he him his she her they them their ' +
    'so just too very really do does did have has had will would can could should get got go going ' +
    'not no dont when what why how who where which there here all some any one about up out off ' +
    "over than then now it's that's ive it's u ur" +
    ' like know think make made even much more most other said say via rt'
  ).split(' '),
);

/** Whether a word tells nothing about what a text is about. */
export function isEmptyWord(word: string): boolean {
  return EMPTY.has(word);
}
