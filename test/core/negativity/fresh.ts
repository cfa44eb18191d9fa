import type { Severity } from '../../../src/core/verdict.ts';
import { probes, type Probe } from './probes.ts';

/**
 * A second set of sample posts, all made up, written after the training samples and never looked at
 * while these were changed: what the model card reports of the kinds that are easily mistaken.
 */
export const FRESH: Readonly<Record<string, readonly Probe[]>> = {
  understatement: [
    ...probes(
      'positive',
      `
      acme's spring update is not half as scary as I feared, well done
      Two years at Acme and I can't fault them
      Not one dropped call since I moved to acme, chuffed
      Could not be happier with how acme handled my claim
      Honestly no complaints about the acme night bus
      The sandwich on the acme train wasn't bad, actually rather tasty
      Nothing to moan about @acme, the parcel was a day early
      you won't hear me complain about acme again, that was quick
      I expected trouble with the acme switch and there was none. Nice.
      acme 6 is no disappointment, the screen is lovely
      `,
    ),
    ...probes(
      'negative',
      `
      acme is not the bargain it claims to be
      Can't say I was impressed by acme's helpers
      no joy with the acme hotline again
      My acme trousers did not survive one wash
      not a great look, acme, ignoring people for weeks
      acme: never on time, never sorry
      I have yet to receive a single useful answer from acme
      @acme this is not what I paid for
      `,
    ),
  ],
  'job adverts': probes(
    'neutral',
    `
    Acme Water needs a leak detection lead in Swansea, closing date 3 June
    Do you stay calm when customers shout? Acme wants you on its night desk
    #jobs Debt adviser (part time) - Acme Bank - Norwich
    Acme Air opens 40 cabin crew positions, see our careers page
    Paid internship: bug hunter at Acme Games, send your CV
    Hate sitting still? Be a courier with Acme, good pay
    Acme is growing its disaster recovery unit: two engineers, Cork
    Role: angry parent (extra) for the Acme advert, casting on Monday
    Our friends at Acme are hiring a pest control technician
    Join Acme as a dispute resolution officer. 28 days of holiday.
    Wanted: someone to fix broken toys in the Acme workshop, weekends
    Graduate scheme at Acme Rail, fault analysis stream, apply till March
    `,
  ),
  quotations: probes(
    'neutral',
    `
    "You are all useless", shouts the king in the Acme school play
    My grandad's poem "The Rotten Boat" hangs in the acme cafe
    On the wall of the acme lounge: "Fear nothing, waste nothing"
    Chapter two, "Liars and Thieves", read aloud at Acme Books tonight
    The riddle in the acme app: what is broken before you use it? An egg.
    Karaoke at acme, first song: Bad Romance of a Robot
    "Worst. Pirate. Ever." is what the acme parrot says when you walk in
    New on Acme TV: The Ugly Truth About Cheese, a documentary
    Crossword at acme: seven letters, "terrible", starts with d
    Who wrote "hell is a full inbox"? Question 9 in the acme quiz
    Sign in the acme kitchen says "burnt toast is a crime"
    At the acme book club we read Death of a Plumber
    `,
  ),
  'news about somebody else': probes(
    'neutral',
    `
    Teenager rescued from canal behind Acme Arena
    Union calls strike at Beta Bus, Acme lines run as usual
    Beta Bank outage locks out thousands; Acme Bank says it is not concerned
    Burst pipe floods the street in front of the acme market hall
    Minister resigns over lies to parliament, reports Acme News
    Bomb disposal team called to field near Acme depot, all clear at noon
    Consumers lose millions to phone scams, survey by Acme shows
    Beta Foods recalls poisoned soup, Acme shops never sold it
    Worst drought in forty years, writes the Acme weather blog
    Court hears appeal of former Beta boss in fraud case, next to Acme tower
    Bus crash on the A12 by the Acme roundabout, two lanes shut
    Neighbours angry about plans for a prison near the Acme park
    `,
  ),
  'to an airline': [
    ...probes(
      'negative',
      `
      @AcmeAir your kiosk swallowed my passport page scan four times, now the desk is closed
      @AcmeAir we boarded, unboarded, boarded. It is midnight. Do you have a plan?
      @AcmeAir second day in a row with no crew for flight 88
      @AcmeAir thanks for seating my toddler eleven rows away from me
      @AcmeAir so my voucher expires before your next available seat?
      @AcmeAir can you DM me? Bags are at Gatwick, I am in Porto, wedding is at two
      @AcmeAir flight 61 is showing on time on the app and cancelled on the board. Which?
      @AcmeAir paid for wifi, got a spinning wheel across the Atlantic
      @AcmeAir the lady at counter 12 laughed when I asked for a hotel
      @AcmeAir 3 different people 3 different answers about my refund
      @AcmeAir been trying to change a date since Tuesday, line drops after the menu
      @AcmeAir my mother needs a wheelchair, it was booked, nobody was at the gate
      `,
    ),
    ...probes(
      'neutral',
      `
      @AcmeAir is flight 61 still leaving from gate 9?
      @AcmeAir ok, just sent it by DM
      @AcmeAir do kids under two need their own ticket
      @AcmeAir will there be more dates to Faro this winter?
      @AcmeAir yes LHR to BOS on the 14th
      @AcmeAir where do I enter my frequent flyer number
      @AcmeAir what's the status of flight 302 to Kerry?
      @AcmeAir my bag is 52 cm, does that fit in the cabin
      `,
    ),
    ...probes(
      'positive',
      `
      @AcmeAir Joan at the Cork desk saved our holiday, give her a medal
      @AcmeAir wow that was quick, thank you!
      @AcmeAir best crew on flight 17 today, kids had a ball
      @AcmeAir thx got it sorted
      @AcmeAir landed 20 minutes early, you spoil us
      @AcmeAir so kind of you to hold the door for the late connection
      `,
    ),
  ],
  'to a phone maker': [
    ...probes(
      'negative',
      `
      my acme 7 turns itself off at 30 percent in the cold
      @acme why would you take the jack away and call it courage
      Since the update acme mail shows every message twice
      acme store told me four weeks for a battery. Four. Weeks.
      dear acme autocorrect, I have never meant ducking
      @acme my cable frayed after two months again, that's the third
      just bought the acme 7 and it already has a dead pixel
      acme cloud says full, I deleted everything, still says full
      `,
    ),
    ...probes(
      'neutral',
      `
      Acme sells 40 million phones in the quarter http://t.co/x
      rumor: acme to unveil foldable tablet in June
      acme 7 or wait for the 8? asking for my sister
      Judge approves settlement in acme patent case
      @acme does the 7 come in green
      Acme opens design lab in Porto, 60 people
      `,
    ),
    ...probes(
      'positive',
      `
      the acme 7 camera at night, oh my
      @acme swapped my cracked screen for free, legends
      finally on team acme and I get it now
      acme pencil is the best thing I bought this year
      `,
    ),
  ],
  'at a festival': [
    ...probes(
      'negative',
      `
      the acme app has sent me to the wrong hall twice now #fest
      acme keynote at #fest: forty slides, zero news, I want my hour back
      typing a paper on the acme tablet is misery #fest
      line for the acme pop-up didn't move in an hour, gave up #fest
      `,
    ),
    ...probes(
      'neutral',
      `
      RT @sample_user: Acme opens pop-up shop downtown for #fest
      Acme to launch new social network called Rings at #fest? http://t.co/x
      at the acme panel on maps, room 5 #fest
      Has anyone seen the acme truck with the chargers? #fest
      RT Acme: show us this tweet at our stand for a sticker #fest
      Acme's head of search speaks at three #fest
      who is going to the acme party tonight #fest
      acme tablets on every second lap here #fest
      Notes from the acme session http://t.co/x #fest
      New #fest app for acme and the others out now
      `,
    ),
    ...probes(
      'positive',
      `
      the acme party at #fest was unreal, thanks!
      Acme giving free rides all week, so smart #fest
      loving the new acme maps for getting around #fest
      that acme demo just won #fest
      can't wait to get my hands on the acme tablet #fest
      `,
    ),
  ],
  'complaints that only state facts': probes(
    'negative',
    `
    @AcmeHelp my order from the 2nd has not left your warehouse
    @AcmeHelp the code in your text message does not open the locker
    @acmebank transferred on Monday, it's Thursday, where is it?
    @AcmeHelp your engineer was due between 8 and 12, it is 4 pm
    @acmegas meter reading sent three times, bill is still an estimate
    @AcmeHelp hi, I can't get past the login page since yesterday
    @acmebus the 14 did not come, neither did the next one
    @AcmeHelp I was promised a call by Friday. It's Wednesday.
    @acmefoods there was a piece of plastic in my yoghurt
    @AcmeHelp need help, my account was emptied overnight
    @acme why is my bill 30 more than last month
    @acmebroadband speed test says 2, contract says 100
    `,
  ),
};

function lines(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim());
}

/**
 * Posts by the severity that they report; under `none` those that report nothing grave. Written
 * after the rules, which they did not change.
 */
export const SEVERE: Readonly<Record<Severity | 'none', readonly string[]>> = {
  safety: lines(`
    my acme kettle gave me a shock this morning
    acme left a ladder swaying over the school gate
    the acme lift doors shut on my arm
    acme smoke alarm stayed silent while the kitchen burned
    chemical burns from the acme cleaner, careful everyone
    acme train ran a red light, we all fell
  `),
  vulnerable: lines(`
    I care for my wife who has Parkinson's and acme cut us off
    her oxygen concentrator needs power, acme, it has been nine hours
    acme, a widow of 88 cannot read your new bill
    my brother has Down's syndrome and acme sold him three phones
    we have a three week old baby and no warm water, acme
    your agent made my anxious teenager cry, acme
  `),
  legal: lines(`
    acme can talk to my lawyer from now on
    I have asked the regulator to look at acme
    this is a breach of my rights, acme
    the court date with acme is in May
    acme is breaking the law with that clause
    filed a police report against acme for theft
  `),
  outage: lines(`
    acme internet went out at four and is still out
    is the acme website down or is it me
    no landline and no mobile in our hamlet, acme
    all acme tills in town refuse cards
    acme cloud unavailable for hours
    my street has had no acme power since lunch
  `),
  money: lines(`
    acme charged me for a flight it cancelled
    eleven weeks and acme has not refunded a penny
    acme hit me with a 60 late fee though I paid
    I was told 30 a month, acme bills 48
    acme took two payments for one ticket
    acme will not give me my money back
  `),
  leaving: lines(`
    enough, I am moving everything from acme to Beta
    cancelled acme after six years
    acme you have lost me
    last order I ever place with acme
    no more acme for this family
    I quit acme, which network do you like?
  `),
  none: lines(`
    acme never answers mails
    the acme screen is scratched
    my acme flight is four hours late
    acme hold music drives me mad
    the engineer did not come
    acme's site is slow
    love my acme fire tablet
    acme has a money saving tip on its blog
    acme law firm sponsors the run
    my mum likes the acme tea
    we went down to the acme stand
    the power of acme is its people
    acme moved its office to Leeds
    switching on the acme lights tonight
    is there a fee for the acme card?
    shocking colours on the new acme shoes
    no outage, no stress, good month with acme
    acme film about a court case
  `),
};

/** Posts that want an answer, and posts that only look so. */
export const ASKING: Readonly<Record<'asks' | 'tells', readonly string[]>> = {
  asks: lines(`
    acme what's the baggage limit to Oslo
    anyone tried the acme router with two floors?
    could somebody at acme call me back please
    Is there parking at the acme arena
    wondering if acme delivers on Sundays
    @acme do you repair kettles?
    how do i turn off the acme lights
    does acme have a student plan
    acme, any update on ticket 4411?
    where can I read the acme terms
    which acme plan fits a family of five?
    please advise how to reset my acme box
  `),
  tells: lines(`
    who needs sleep anyway, thanks acme
    acme down again, really?
    I asked acme for a refund
    what a lovely day at acme
    how hard can it be, acme
    Wow acme is quick
    acme tells you where your parcel is
    are you kidding me acme
    why I love acme: a thread
    acme said they would call
    I know how acme works
    no question, acme is the best
  `),
};
