"""Closed lists of English words that tell what a name is: titles, roles, what organisations and places are called."""

from typing import Final

HONORIFICS: Final = frozenset("mr mr. mrs mrs. ms ms. miss sir dame lord lady dr dr. mx mx.".split())
"""Titles that say no more than that a person follows; they are no role."""

MALE_TITLES: Final = frozenset("mr mr. sir lord king prince father brother congressman chairman spokesman".split())
FEMALE_TITLES: Final = frozenset(
    "mrs mrs. ms ms. miss dame lady queen princess sister congresswoman chairwoman spokeswoman".split()
)

TITLES: Final = HONORIFICS | frozenset(
    """president vice-president ex-president sens sens. reps reps. govs govs. gens. drs. whip sen sen. senator
    rep rep. representative gov gov. governor lt lt. gen gen. general col col. colonel capt capt. captain
    maj maj. major sgt sgt. sergeant cpl. cpl corporal adm adm. admiral cmdr. commander lieutenant marshal
    judge justice prof prof. professor rev rev. reverend pope cardinal archbishop bishop rabbi imam father
    sister brother king queen prince princess emperor sultan sheikh sheik ayatollah emir duke duchess
    baron baroness count countess mayor chancellor premier minister secretary ambassador congressman
    congresswoman councilman councilwoman councillor speaker attorney chairman chairwoman chair chief
    director detective officer inspector superintendent constable sheriff trooper private pfc. pvt. hon.
    coach dean provost envoy commissioner comrade spokesman spokeswoman spokesperson leader candidate
    republican democrat democratic treasurer lawmaker deputy head administrator princes presidents senators
    ministers controller comptroller""".split()
)
"""What may stand, capitalised, right before the name of a person without being part of it."""

ROLE_NOUNS: Final = TITLES | frozenset(
    """actor actress activist adviser advisor agent aide analyst anchor archbishop artist astronaut athlete
    author banker billionaire boss businessman businesswoman boxer campaigner captain champion chef
    chief-of-staff clerk co-founder columnist comedian commentator consultant coordinator correspondent
    counsel counselor creator critic curator czar daughter defender delegate designer developer dictator
    diplomat doctor driver economist editor engineer entrepreneur executive expert farmer fellow filmmaker
    firefighter footballer founder friend goalkeeper guitarist historian host husband immigrant incumbent
    instructor investigator investor janitor journalist lawyer lecturer legislator lobbyist man manager
    member midfielder mogul musician nephew niece nominee novelist nurse official operative opponent
    organiser organizer owner painter partner pastor patient photographer physician physicist pilot player
    playwright poet policeman policewoman politician pollster president-elect priest prisoner producer
    professor prosecutor psychiatrist psychologist publisher quarterback reporter researcher resident
    rival runner scholar scientist senator singer sociologist soldier solicitor son specialist star
    strategist striker student supporter surgeon teacher tycoon undersecretary veteran victim volunteer
    winner wife winger woman worker writer mother father brother sister girlfriend boyfriend uncle aunt
    cousin grandfather grandmother teenager boy girl hopeful contender front-runner frontrunner justice
    nobelist laureate whistleblower whistle-blower chairperson ceo cfo coo co-chair cochair warlord
    militant commander-in-chief attorney magistrate vice-chairman secretary-general rapper songwriter drummer
    restaurateur influencer youtuber streamer golfer swimmer sprinter cyclist jockey skier skater cricketer
    batsman bowler catcher pitcher shortstop outfielder infielder linebacker cornerback defender goaltender
    astronomer mathematician biologist chemist geologist climatologist meteorologist epidemiologist virologist
    anthropologist archaeologist skipper mechanic carpenter baker butcher fisherman shopkeeper landlord
    tenant composer conductor retiree pensioner survivor witness suspect gunman shooter""".split()
)
"""Nouns that say what a person is or does."""

ORG_WORDS: Final = frozenset(
    """academy administration agency airlines airways alliance army assembly association associates authority
    bank banks board brigade broadcasting bureau brotherhood cabinet campaign center centre centers
    centres chamber church circuit club coalition college command commission committee communications
    companies company conference-board confederation congress consortium co co. corp corp. corporation
    corps council court courts department division exchange factory federation firm force forces forum
    foundation front fund government group groups guard guild headquarters holdings hospital inc inc.
    industries initiative inspectorate institute institution institutions international journal laboratory
    league legion llc llp llp. ltd ltd. magazine media ministry mission movement museum network news
    newspaper observatory office organisation organization parliament partners party patrol plc police
    post press project radio railways registrar registry regiment reserve school secretariat senate
    service services society squad staff station studios survey systems task-force team telegraph
    television theater theatre times tribune tribunal trust union united university ventures watch works
    xi zeitung technologies capital motors pharmaceuticals enterprises solutions insurance entertainment
    records pictures brewery publishing steel energy petroleum aerospace dynamics bancorp securities theatres
    theaters cinemas properties foods stores restaurants hotels resorts cruises mortgage electronics
    semiconductor biotech cooperative
    cooperatives co-operative logistics shipping shipyard foundry laboratories lottery""".split()
)
"""Words that, last or before "of" and "for", make a capitalised name that of an organisation."""

CORPORATE_TAILS: Final = frozenset(
    """inc inc. corp corp. co co. ltd ltd. llc plc group holdings university company theatres theaters cinemas
    properties foods stores restaurants hotels resorts technologies capital motors pharmaceuticals airlines airways
    energy petroleum steel entertainment pictures records solutions industries enterprises systems media""".split()
)
"""What may be left off the name of an organisation."""

NEWSPAPERS: Final = frozenset(
    """register republic herald star sun mail express mirror observer independent globe standard argus courier bulletin
    sentinel ledger advertiser citizen echo inquirer examiner dispatch gazette bee leader monitor beacon""".split()
)
NEWSPAPER_PLACES: Final = frozenset("county daily evening morning sunday news city valley".split())
"""Words that, last, make a name that of a newspaper, and what else than a place they stand behind then."""

PLACE_WORDS: Final = frozenset(
    """airport archipelago avenue basin bay beach boulevard bridge canyon cape city coast county creek desert
    district dam falls field forest garden gardens glacier gulf harbor harbour heights hill hills island
    islands isle isles lake lakes mountain mountains mount ocean park parkway peninsula plateau plaza
    point port prefecture province reef ridge river road sea shoal shore shores square state states strait
    straits street territories territory tower towers town township tunnel valley village volcano wall
    woods zone lane stadium republic kingdom region border base""".split()
)
"""Words that, last, make a capitalised name that of a place."""

SURNAMES: Final = frozenset("hill woods lake rivers fields forest park stone wall bridges shore".split())
"""Some of them that are surnames as well: Tiger Woods."""

SITES: Final = frozenset(
    "hotel stadium arena airport bridge station harbour harbor island river valley mountains prison hospital".split()
)
"""Nouns right after the name of a place: "the Beverly Hilton hotel"."""

BUSINESS: Final = frozenset(
    """ceo cfo shares stock customers employees stores restaurants shareholders revenue earnings profits
    headquarters factories subsidiaries locations products""".split()
)
"""What companies have: "BASF CEO", "Norgate's locations"."""

PLACE_STARTS: Final = frozenset(
    "lake mount mt mt. cape fort port gulf strait isle bay northern southern eastern sierra".split()
)
"""Words that, first, make it that of a place."""

NO_PARTS: Final = frozenset(
    """january february march april june july august september october november december jan jan. feb feb. mar
    mar. apr apr. jun jun. jul jul. aug aug. sep sep. sept sept. oct oct. nov nov. dec dec. monday tuesday
    wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays christmas easter thanksgiving ramadan halloween god internet web english tv ok covid covid-19
    coronavirus i st. nd rd gmt est edt pst bst am pm a.m. p.m. photo image images video getty editor note
    advertisement continue read more of and the for in on to a by with""".split()
)
"""Capitalised words that name nobody and no place, and are part of no name."""

NO_NAMES: Final = NO_PARTS | frozenset(
    """related mvp gdp gnp lgbt lgbtq lgbtq+ dna rna mrna hiv ipo suv suvs ufo ufos
    vip ai gps ptsd adhd lng lpg faq pr hr cctv phd mba usd eur pfas pfoa pfos acl mcl mri cpr iq ev evs
    url pdf app horoscope horoscopes r&b goat egot oscars emmys grammys grammy emmy tonys baftas medicare medicaid
    obamacare brexit maga potus all-star all-stars mvps""".split()
)
"""Those that name nothing by themselves either, but may be part of a name: Stability AI."""

NEWS_AGENCIES: Final = frozenset("ap afp reuters bbc cnn".split())
"""What ends the place at the head of a report, and the credit of a photograph."""

PHOTO_AGENCIES: Final = frozenset(
    "getty epa pa bloomberg shutterstock alamy zuma anadolu nurphoto redux xinhua".split()
)
"""What ends the credit of a photograph."""

GROUPS: Final = frozenset(
    """democrat democrats republican republicans tory tories conservatives labour liberals communist communists
    democratic conservative liberal socialist socialists islamist islamists muslim muslims christian
    christians jew jews jewish catholic catholics protestant protestants buddhist buddhists hindu hindus
    sunni sunnis shia shiite shiites islam islamic christianity western westerners nazi nazis latino
    latinos hispanic hispanics african-american black white arab arabs kurd kurds kurdish sikh sikhs
    evangelical evangelicals libertarian trans-atlantic transatlantic allied baptist baptists methodist methodists
    confederate indians natives
    uyghur uyghurs rohingya yazidi yazidis tamil tamils hutu tutsi olympic olympics olympian olympians paralympic
    dems""".split()
)
"""Kinds of people and beliefs: capitalised, but no entity of their own."""

VESSELS: Final = frozenset(
    """ship ships boat yacht trawler ferry tanker freighter frigate destroyer corvette submarine warship battleship
    cruiser icebreaker lifeboat tugboat tug schooner vessel barge liner steamer catamaran dinghy dredger
    spacecraft spaceship orbiter lander rover probe satellite shuttle capsule""".split()
)
"""Nouns right before or after the name of a ship or spacecraft, which is nobody and no place."""

VESSEL_PREFIXES: Final = frozenset("uss hms hmcs hmas rms mv m/v ss usns ins rrs".split())

HEAVENLY_BODIES: Final = frozenset(
    "mercury venus mars jupiter saturn uranus neptune pluto io europa ganymede callisto titan enceladus".split()
)
"""Planets and moons whose names have other bearers, too."""

JOINED_BY_AND: Final = frozenset(
    """customs border|oversight accountability|oversight government|oversight reform|health human|control prevention|
    food drug|food agriculture|alcohol tobacco|science technology|arts sciences|foreign commonwealth|
    housing urban|housing communities|securities exchange|oceanic atmospheric|aeronautics space|culture media|
    business trade|business energy|ways means|security cooperation|immigration customs|trade industry|
    economic social|trade development|environment rural|budget policy|energy commerce|fish wildlife|
    parks recreation|standards technology|work pensions|revenue customs|children families|atmospheric administration|
    research rescue|search rescue|labour welfare|labor welfare|monuments sites|criminal justice""".replace(
        "\n    ", ""
    ).split("|")
)
"""Words that "and" joins in the names of authorities: Customs and Border Protection."""

WITH_S: Final = frozenset(
    """mcdonald macy wendy kohl lowe moody sotheby christie lloyd sainsbury levi kellogg domino denny arby hardee reese
    smucker dillard bloomingdale cabela applebee chili zaxby barnardo harrod ladbroke wegman""".split()
)
"""What "'s" belongs to, in the names of companies: McDonald's."""

COMPASS: Final = frozenset("north south east west northern southern eastern western central".split())

OTHER_WORDS: Final = frozenset(
    """act accord agreement amendment award awards bill championship championships conference convention cup day
    debate dialogue doctrine festival games initiative marathon olympics open pact partnership peace prize protocol
    series statement summit tour tournament treaty war week law code resolution report review syndrome
    disease virus variant plan election elections referendum hurricane storm scandal affair crisis
    constitution era strategy telescope spacecraft rover satellite rocket probe capsule finals playoffs final
    bowl trophy medal podcast newsletter briefing horoscope quiz derby regatta biennale expo
    pageant globes classic stakes slam""".split()
)
"""Words that, last, make a capitalised name that of a law, a prize, an event: nothing that we list."""

STORMS: Final = frozenset("hurricane typhoon cyclone storm".split())
"""Words that, first, make a name that of a storm."""

NO_ENTITIES: Final = frozenset(
    "social security|state of the union|black history month|new year|best picture".split("|")
)
"""Names of nothing that we list, which their words don't tell."""

INSTITUTIONS: Final = NEWS_AGENCIES | frozenset(
    """white house|kremlin|pentagon|congress|senate|house|house of representatives|parliament|supreme court|
    state department|justice department|treasury|treasury department|capitol|bundestag|knesset|duma|
    house of commons|house of lords|vatican|european commission|european parliament|security council|
    politburo|taliban|hamas|hezbollah|islamic state|isis|al qaeda|al-qaeda|boko haram|
    wall street journal|gop|usa today|world bank|red cross|nbc|cbs|interpol|
    scotland yard|facebook|instagram|twitter|youtube|tiktok|whatsapp|linkedin|snapchat|reddit|google|microsoft|
    netflix|airbnb|spotify|paypal|walmart|starbucks|mcdonald's|boeing|airbus|pfizer|moderna|toyota|volkswagen|
    samsung|huawei|gazprom|rosneft|exxonmobil|goldman sachs|jpmorgan|credit suisse|espn|politico|axios|
    politifact|bellingcat""".replace("\n    ", "").split("|")
)
"""Organisations whose name is that of a building, a common word or a people, so that its words mislead."""

OFFICE_DOMAINS: Final = frozenset(
    """foreign interior defense defence finance justice treasury health prime home education labor labour energy
    agriculture commerce trade transport transportation environment culture economy attorney deputy vice
    press chief majority minority state district homeland veterans""".split()
)
"""Words before a title that say of what: the Interior Minister, the Majority Leader."""

ORG_NOUNS: Final = frozenset(
    """agency broadcaster company firm newspaper magazine website site network group charity think-tank tank bank
    retailer startup start-up airline union league outlet publication tabloid daily weekly giant maker
    chain club band party organisation organization manufacturer developer app poll survey operator carmaker
    automaker drugmaker chipmaker brewer insurer lender supermarket platform nonprofit non-profit subsidiary
    contractor supplier builder shipbuilder foundation""".split()
)
"""Nouns right before or after the name of an organisation: "the analysis firm R.Politik"."""

COMPANIES: Final = frozenset(
    """company firm maker manufacturer startup start-up retailer chain giant carmaker automaker drugmaker chipmaker
    operator insurer lender brewer developer supplier contractor builder shipbuilder airline bank supermarket""".split()
)
"""Those that are companies."""

COLLECTIVES: Final = frozenset(
    """people person public police man woman child family couple crowd majority minority percent third half
    quarter side government administration campaign regime company firm agency ministry department office
    court council committee commission party union group coalition alliance organisation organization
    association body board bank team club league school university church community country nation state
    city county world army military navy force authority watchdog regulator opposition leadership panel
    parliament congress house senate mission embassy institute centre center think-tank tank newspaper
    magazine paper site website outlet network channel station press media airline carrier maker
    manufacturer retailer chain giant bloc camp staff delegation audience jury filing lawsuit complaint
    suit indictment banner sign placard letter email e-mail text tweet post note caption headline brief
    guidance research evidence result finding index census map law constitution resolution bill treaty
    audit inquiry investigation probe transcript advisory notice guideline some many most few other one
    all dissident rebel militia voter pundit ally foe aide chief source elite general fan expert native
    critic business intelligence video readout estimate story crew band respondent participant militant
    assistant applicant client opponent superintendent restaurant account""".split()
)
"""Nouns for groups and documents of which it can be said that they say something."""

PERSON_ENDINGS: Final = ("er", "or", "ist", "ian", "man", "men", "ee", "eer", "crat")
"""How words for people end; a word so ending is taken for one."""
