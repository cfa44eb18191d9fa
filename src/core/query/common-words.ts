const EVERYDAY = `
a about above after again against ago all almost alone along already also always am among an and
another any anyone anything are area around as ask at away back bad bank be became because become
been before began behind being believe below best better between big bill black blue boost both box
boy bring broke build business but buy by call called came can cannot car care case cause centre
change charge check child city clear close cloud come company connect could country course cut dark
data day deal did direct different do does done door down during each early easy eat edge email end
enough even ever every everyone everything fact family far fast few field find fine fire first fit
five focus follow food foot for force found four free friend from full fun gave general get give
glass global go gold good got great green group had half hand happy hard has have he head hear heart
heat help her here high him his home hour house how however i idea if impact in increase inside into
is it its job just keep kind king know large last late later launch lead learn leave left less let
level life light like line little live local long look lose lost lot love low made main make man many
may me mean meet might mind mobile money month more morning most mother move much must my name
national near need network never new news next nice night nine no none north not nothing now number
of off offer office often old on once one online only open or order other our out over own page part
past pay people person phone place plan play plus point power present price problem public put quick
quite rain rather read real really red report rest result right river road room round run said same
save saw say school sea second see seem seen send service set seven shall she shell shop short should
show side simple since six small so some someone something soon sound south space speak spark spend
square stand star start state stay still stop store story street strong such sun sure swift switch
take talk team tell ten than thank that the their them then there these they thing think this those
though thought through time to today together told too took top total town tree true try turn two
under until up upon us use used very virgin visa vision voice wait walk want was water wave way we
week well went were west what when where which while white who whole why will wind window wish with
without woman word work world would write wrong year yes yet you young your zoom`;

const NAMES = `
ace amazon apple aurora bolt bt chase compass delta discover dove ee eon express fox gap giant hive
hp ibm indigo key link match mint monday nest now o2 oracle orange ovo pact pilot plusnet puma ring
shell sky slack smart spectrum spirit sprint square stripe sun target tesla three tide tv uber
unity vue wise`;

/** English words that most texts hold, by our own judgement. */
export const everydayWords: ReadonlySet<string> = new Set(EVERYDAY.trim().split(/\s+/u));

/** Names of companies and products that mean something else more often, by our own judgement. */
export const ambiguousNames: ReadonlySet<string> = new Set(NAMES.trim().split(/\s+/u));

/** Names of the list above, and what people write of them when they are customers. */
const TRADES: readonly (readonly [names: string, words: string])[] = [
  [
    'bt ee o2 three sky virgin plusnet orange now ovo bolt smart spectrum sprint',
    'broadband router engineer',
  ],
  ['apple hp oracle amazon ibm slack', 'laptop phone update'],
  ['delta indigo spirit express', 'flight airport luggage'],
  ['target gap next dove amazon wish tide', 'order delivery refund'],
  ['chase discover ace square stripe monday mint', 'card account payment'],
  ['shell eon', 'bill meter energy'],
  ['uber lyft', 'driver ride app'],
];

/** Words of the trade of a name that means something else more often. */
export const trades: ReadonlyMap<string, readonly string[]> = new Map(
  TRADES.flatMap(([names, words]) => names.split(' ').map((name) => [name, words.split(' ')])),
);
