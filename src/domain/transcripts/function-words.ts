/**
 * Words by which a line of captions is broken well: never behind one that belongs to what follows, rather before
 * one that begins a phrase. No grammar is needed for the small words, and they are most of what matters.
 */
export interface FunctionWords {
  /** Articles, possessives, pronouns as subjects, auxiliaries, negations, numerals, some adjectives. */
  leads: ReadonlySet<string>
  conjunctions: ReadonlySet<string>
  prepositions: ReadonlySet<string>
  /** Belong to the word before them: postpositions, particles. */
  trails: ReadonlySet<string>
}

const words = (text = ''): Set<string> => new Set(text.split(/\s+/).filter(Boolean))

const of = (leads: string, conjunctions: string, prepositions: string, trails = ''): FunctionWords => ({
  leads: words(leads),
  conjunctions: words(conjunctions),
  prepositions: words(prepositions),
  trails: words(trails),
})

const NORWEGIAN = of(
  'en ei et den det de min mitt mine din ditt dine sin sitt sine vår vårt våre deres denne dette disse jeg eg du han hun ho vi dere er var har hadde skal vil kan må bli blir ikke ikkje veldig noen ingen alle hver første andre to tre fire fem',
  'og men eller for så at som når fordi hvis om mens da',
  'i på av til fra med uten om over under ved mellom mot etter før gjennom hos blant',
)

const SOUTH_SLAVIC = of(
  'moj moja moje tvoj njegov njen njezin naš vaš svoj ovaj ova ovo taj ta to ja ti on ona mi vi oni sam si je smo ste su bio bila će ne vrlo jako svi svaki prvi drugi dva tri četiri pet',
  'i a ali ili jer da ako kad kada dok što koji koja koje nego',
  'u na o od do za s sa iz po k ka pri pred nad pod između bez kroz prema oko posle poslije prije pre',
)

const BY_LANGUAGE: Record<string, FunctionWords> = {
  en: of(
    "a an the my your his her its our their this that these those some any no every each all both either neither another other such what which whose many much few several more most less i you he she it we they i'm you're he's she's it's we're they're i've we've they've i'll you'll he'll she'll it'll we'll they'll i'd you'd he'd she'd we'd they'd am is are was were be been being have has had do does did will would shall should can could may might must not never hardly very too so quite really just don't doesn't didn't won't can't cannot couldn't isn't aren't wasn't weren't haven't hasn't hadn't mr mrs ms dr st first second third next last one two three four five six seven eight nine ten twenty hundred thousand million new old good bad great big small large little long short high low young early late whole same different important own real right wrong best better only main human full public free clear sure true hard easy strong black white red green blue hot cold warm dark beautiful possible political social national local general special certain recent major common poor rich dear calm quiet",
    'and but or nor for so yet because although though while when whenever where if unless until since as than that which who whom whose whether before after',
    'in on at by to of from with without into onto about above across against along among around behind below beneath beside besides between beyond despite down during except inside like near off out outside over past through throughout toward towards under underneath up upon within via per',
  ),
  de: of(
    'der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein meine meinen meinem meiner dein deine sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere euer dieser diese dieses diesen diesem jeder jede jedes jeden jener jene alle viele einige mehrere manche ich du er sie es wir man bin bist ist sind war waren habe hast hat haben hatte hatten werde wird werden wurde wurden kann können muss müssen soll will nicht nie sehr zu so ganz zwei drei vier fünf sechs sieben acht neun zehn erste ersten zweite zweiten herr frau dr',
    'und aber oder denn sondern doch weil dass daß wenn als ob obwohl während bevor nachdem damit sodass falls bis wie wo',
    'in im an am auf aus bei beim mit nach von vom zu zum zur für durch gegen ohne um über unter vor hinter neben zwischen seit trotz wegen ins ans',
  ),
  fr: of(
    "le la les l un une des du de d au aux mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces quel quelle quels quelles chaque tout toute tous toutes plusieurs quelques aucun aucune je tu il elle on nous vous ils elles j'ai suis es est sommes êtes sont ai as a avons avez ont était étaient avait ne n'est n'a pas très trop plus moins si bien deux trois quatre cinq six sept huit neuf dix premier première grand grande petit petite bon bonne nouveau nouvelle beau belle vieux vieil vieille dernier dernière deuxième troisième jeune mauvais mauvaise gros grosse long longue autre autres même mêmes seul seule m mme dr",
    'et mais ou où donc or ni car que qui quand lorsque parce puisque comme si dont lequel laquelle',
    'à dans en sur sous par pour avec sans chez vers entre contre depuis pendant avant après devant derrière malgré selon',
  ),
  es: of(
    'el la los las lo un una unos unas al del mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro este esta estos estas ese esa esos esas aquel aquella cada todo toda todos todas otro otra mucho mucha muchos muchas algún alguna ningún ninguna yo tú él ella nosotros ellos ellas usted ustedes se me te le nos les soy eres es somos son era eran he has ha hemos han había está están no nunca muy más menos tan dos tres cuatro cinco seis siete ocho nueve diez primer primera última último gran buen buena mal mala nuevo nueva viejo vieja mejor peor mismo misma sr sra dr',
    'y e o u pero sino ni que porque pues cuando mientras aunque si como donde quien cual cuyo',
    'a ante bajo con contra de desde durante en entre hacia hasta para por según sin sobre tras',
  ),
  pt: of(
    'o a os as um uma uns umas ao aos à às do da dos das no na nos nas num numa meu minha meus minhas teu tua seu sua seus suas nosso nossa nossos nossas este esta estes estas esse essa esses essas aquele aquela cada todo toda todos todas outro outra muito muita muitos muitas algum alguma nenhum nenhuma eu tu você ele ela nós vocês eles elas se me te lhe sou é somos são era eram foi tenho tem temos têm está estão não nunca mais menos tão dois duas três quatro cinco seis sete oito nove dez primeiro primeira último última grande bom boa mau má novo nova velho velha mesmo mesma sr sra dr',
    'e mas ou nem que porque pois quando enquanto embora se como onde quem cujo',
    'ante até com contra de desde durante em entre para pra por pelo pela pelos pelas sem sob sobre após',
  ),
  it: of(
    "il lo la i gli le l un uno una un' al allo alla ai agli alle del dello della dei degli delle dal dalla nel nello nella nei nelle sul sulla mio mia miei mie tuo tua suo sua suoi sue nostro nostra vostro loro questo questa questi queste quello quella quelli quelle ogni tutto tutta tutti tutte altro altra molto molta molti molte qualche nessun nessuna io tu lui lei noi voi essi si mi ti ci vi sono sei è siamo siete era erano ho hai ha abbiamo avete hanno non mai più meno così due tre quattro cinque sei sette otto nove dieci primo prima grande buon buona nuovo nuova vecchio vecchia ultimo ultima stesso stessa bel bella sig dott",
    'e ed ma o oppure né che perché poiché quando mentre anche se come dove chi cui quale',
    'a ad con contro da di in per su tra fra senza sotto sopra verso dopo durante presso',
  ),
  nl: of(
    'de het een mijn jouw zijn haar ons onze jullie hun dit dat deze die elk elke alle geen veel enkele sommige ik jij je hij zij ze wij we u ben bent is was waren heb hebt heeft hebben had hadden word wordt worden werd kan kunnen moet moeten zal zullen wil niet nooit heel erg zeer te zo twee drie vier vijf zes zeven acht negen tien eerste tweede grote kleine goede nieuwe oude meneer mevrouw dr',
    'en maar of want dus omdat dat als toen terwijl hoewel wanneer zodat voordat nadat waar wie',
    'aan bij binnen boven buiten door in langs met na naar naast om onder op over per sinds te tegen tijdens tot tussen uit van vanaf volgens voor zonder',
  ),
  sv: of(
    'en ett den det de min mitt mina din ditt dina sin sitt sina vår vårt våra er ert era deras hans hennes denna detta dessa jag du han hon vi ni är var har hade ska skall vill kan måste blir blev inte aldrig mycket alla varje några ingen två tre fyra fem första andra stor stora ny nya gammal',
    'och men eller för så att som när eftersom om medan då fast innan',
    'i på av till från med utan om över under vid mellan mot efter före genom hos bland åt',
  ),
  da: of(
    'en et den det de min mit mine din dit dine sin sit sine vores jeres deres hans hendes denne dette disse jeg du han hun vi er var har havde skal vil kan må bliver blev ikke aldrig meget alle hver nogle ingen to tre fire fem første anden stor store ny nye gammel',
    'og men eller for så at som når fordi hvis om mens da inden',
    'i på af til fra med uden om over under ved mellem mod efter før gennem hos blandt',
  ),
  no: NORWEGIAN,
  nb: NORWEGIAN,
  nn: NORWEGIAN,
  fi: of(
    'minun sinun hänen meidän teidän heidän tämä tuo se nämä nuo minä sinä hän me te he on oli ovat olivat en et ei emme ette eivät hyvin kaikki joka kaksi kolme neljä viisi ensimmäinen',
    'ja mutta tai vai eli sillä että kun koska jos vaikka kuin joka jotka jossa',
    'ennen ilman kohti pitkin vasten',
    'kanssa jälkeen alla päällä edessä takana vieressä mukaan',
  ),
  pl: of(
    'mój moja moje twój jego jej nasz nasza wasz ich swój ten ta to ci te ja ty on ona my wy oni jest są był była było być nie nigdy bardzo każdy wszystkie dwa trzy cztery pięć pierwszy nowy',
    'i a ale lub albo oraz że bo ponieważ gdy kiedy jeśli jeżeli choć żeby aby który która które',
    'w we na z ze o od do za po przy pod nad przed między bez dla przez ku u',
  ),
  cs: of(
    'můj moje tvůj jeho její náš váš svůj ten ta to ti ty já on ona my vy jsem jsi je jsme jste jsou byl byla bylo ne není nikdy velmi každý všechny dva tři čtyři pět první nový se si',
    'a ale nebo ani že protože když jestli pokud aby i který která které',
    'v ve na z ze o od do za po při pod nad před mezi bez pro přes k ke u s se',
  ),
  sk: of(
    'môj moja moje tvoj jeho jej náš váš svoj ten tá to tí ja ty on ona my vy som si je sme ste sú bol bola bolo nie nikdy veľmi každý všetky dva tri štyri päť prvý nový sa',
    'a ale alebo ani že pretože keď ak aby i ktorý ktorá ktoré',
    'v vo na z zo o od do za po pri pod nad pred medzi bez pre cez k ku u s so',
  ),
  hr: SOUTH_SLAVIC,
  sr: SOUTH_SLAVIC,
  bs: SOUTH_SLAVIC,
  sl: of(
    'moj moja moje tvoj njegov njen naš vaš svoj ta to ti jaz on ona mi vi sem si je smo ste so bil bila bo ne ni zelo vsak vsi dva tri štiri pet prvi',
    'in a ampak ali ker da če ko kadar ki toda',
    'v na o od do za s z iz po k h pri pred nad pod med brez skozi proti okoli',
  ),
  ru: of(
    'мой моя моё мое мои твой твоя его её ее их наш наша наше наши ваш ваша свой своя свои этот эта это эти тот та те я ты он она оно мы вы они был была было были есть будет не ни никогда очень каждый все весь вся два две три четыре пять первый первая новый новая',
    'и а но или либо что чтобы потому когда если хотя пока как где который которая которое которые',
    'в во на с со о об от до из за по при под над перед между без для через к ко у про около после',
  ),
  uk: of(
    'мій моя моє мої твій його її їх наш наша ваш свій цей ця це ці той та ті я ти він вона воно ми ви вони був була було були є буде не ні ніколи дуже кожен всі два дві три чотири пять перший новий',
    'і й та а але або чи що щоб тому коли якщо хоча поки як де який яка яке які',
    'в у на з із зі о об від до за по при під над перед між без для через к про біля після',
  ),
  bg: of(
    'моят моята твоят неговият нашият този тази това тези аз ти той тя то ние вие те съм си е сме сте са беше бяха ще не никога много всеки всички два две три четири пет първи нов да се',
    'и а но или че защото когато ако докато как където който която което които',
    'в във на с със о от до из за по при под над пред между без през към у след',
  ),
  ro: of(
    'un o unui unei niște al a ai ale meu mea mei mele tău ta său sa nostru noastră acest această acești aceste acel acea fiecare toți toate eu tu el ea noi voi ei ele sunt ești este suntem sunteți era erau am ai are avem aveți au nu niciodată foarte mai doi două trei patru cinci primul prima nou nouă se să',
    'și dar sau ori nici că fiindcă când dacă deși ca cum unde care',
    'în din de la pe cu fără pentru prin până sub spre între despre după contra către',
  ),
  ca: of(
    'el la els les l un una uns unes al als del dels meu meva teu seu seva nostre nostra aquest aquesta aquests aquestes aquell cada tot tota tots totes altre molt molta jo tu ell ella nosaltres ells soc és som són era he has ha hem han no mai molt més menys dos dues tres quatre cinc primer primera gran bon bona nou nova',
    'i o però sinó ni que perquè quan mentre encara si com on qui',
    'a amb contra de des durant en entre fins per sense sobre sota cap',
  ),
  el: of(
    'ο η το οι τα τον την του της των τους τις ένας μια ένα μου σου αυτός αυτή αυτό εγώ εσύ εμείς εσείς είμαι είσαι είναι ήταν έχω έχεις έχει θα να δεν δε μη μην πολύ κάθε όλα δύο τρία τέσσερα πέντε πρώτος νέο',
    'και κι αλλά ή ούτε ότι γιατί όταν αν ενώ όπως όπου που',
    'σε στο στη στην στον στα στους στις από με για προς χωρίς κατά μετά μέχρι πριν παρά',
  ),
  hu: of(
    'a az egy ez én te ő mi ti ők van vannak volt voltak lesz nem ne sem soha nagyon minden két három négy öt első új jó',
    'és de vagy hogy mert ha amikor mint bár aki ami amely',
    '',
    'alatt fölött mellett után előtt között nélkül szerint által felé miatt óta',
  ),
  tr: of(
    'bir bu şu o benim senin onun bizim sizin onların her bütün tüm bazı birkaç çok en daha iki üç dört beş ilk yeni',
    've veya ya ama fakat ancak çünkü eğer ki',
    '',
    'ile için gibi kadar göre sonra önce doğru karşı rağmen üzere da de mi mı mu mü',
  ),
  id: of(
    'sebuah seorang para saya aku kamu anda dia ia kami kita mereka tidak tak bukan belum jangan sangat sudah telah akan sedang bisa dapat harus setiap semua dua tiga empat lima',
    'dan atau tetapi tapi karena bahwa ketika jika kalau meskipun sambil yang serta',
    'di ke dari pada dengan untuk oleh dalam tentang tanpa antara sejak sampai seperti',
  ),
  vi: of(
    'một các những mỗi mọi cái con chiếc tôi bạn anh chị em ông bà nó chúng họ là đã đang sẽ không chưa chẳng rất quá hơi hai ba bốn năm',
    'và hay hoặc nhưng mà vì nếu khi thì để rằng nên',
    'ở trong trên dưới của với cho từ đến về bởi tại theo giữa',
  ),
  ar: of(
    'هذا هذه ذلك تلك هؤلاء كل بعض أنا أنت هو هي نحن هم كان كانت لا لم لن ليس ما قد سوف جدا',
    'و أو لكن ثم لأن أن إن إذا عندما بينما الذي التي الذين',
    'في من إلى على عن مع بين تحت فوق قبل بعد حتى منذ خلال بدون',
  ),
  he: of(
    'אני אתה את הוא היא אנחנו אתם הם זה זאת זו כל לא אין יש היה היתה מאוד שני שתי שלוש ארבע חמש',
    'ו או אבל כי אם כש כאשר אשר',
    'ב ל מ של על עם אל את בין תחת לפני אחרי בלי עד',
  ),
  fa: of(
    'این آن یک هر همه من تو او ما شما آنها نه نمی می خیلی بسیار دو سه چهار پنج',
    'و یا اما ولی که چون اگر وقتی تا زیرا',
    'در از به با بر برای بی بین تا زیر روی پس پیش',
    'را',
  ),
  hi: of(
    'यह वह ये वे एक मेरा मेरी मेरे तेरा उसका उसकी हमारा हमारी आपका इस उस हर सब मैं तू तुम आप हम नहीं न मत बहुत दो तीन चार पाँच पहला पहली',
    'और या लेकिन मगर परंतु क्योंकि कि अगर यदि जब तो जो',
    '',
    'का की के को से में पर ने तक लिए साथ बाद पहले है हैं था थी थे हूँ हो गया गई',
  ),
  zh: of(
    '一 一个 这 那 这个 那个 这些 那些 每 各 我的 你的 他的 她的 我们的 不 没 没有 很 非常 最 更 太 都 也 就 还 再 已经 正在 会 能 可以 要 想 应该 第一 两 几',
    '和 与 及 或 或者 但 但是 可是 因为 所以 如果 虽然 而 而且 当 并 并且 然后 不过 于是',
    '在 把 被 从 向 对 对于 跟 给 为 为了 由 关于 按 按照 比 除了 通过',
    '的 了 着 过 们 吗 呢 吧 啊 得 地 里 上 下 中',
  ),
}

/** What is known of a language; of one that is not, nothing, and lines are balanced and end with phrases. */
export const functionWords = (language: string | null): FunctionWords => BY_LANGUAGE[language ?? 'en'] ?? NONE

const NONE = of('', '', '')
