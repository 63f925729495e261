//! Match keys of English words: the one place where inflected forms and spellings meet their word.
//!
//! A form that no rule of the stemmer leads back to its word is turned into it first: by the lists below, by the
//! spelling of comparatives, or by the end that a compound shares with a listed plural (`policemen`, `syntheses`).
//! Where two words share a form, the list names the likelier in texts that have terms: `axes` are those of a graph,
//! `bases` stay with *base*.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::fold;

/// The match key of an English word: folded, without a possessive, irregular forms undone, stemmed (Porter 2).
pub fn english_key(word: &str) -> String {
    let folded = fold(word);
    let base = folded.strip_suffix("'s").or_else(|| folded.strip_suffix('\'')).unwrap_or(&folded);
    let base: Cow<'_, str> = if base.contains('.') { base.replace('.', "").into() } else { base.into() };
    key_of_folded(&base)
}

fn key_of_folded(folded: &str) -> String {
    static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));
    let lemma = lemma(folded);
    if KEPT.contains(&lemma.as_ref()) { lemma.into_owned() } else { STEMMER.stem(&lemma).into_owned() }
}

/// The forms of a folded word that do not begin as it does, itself with them where it is such a form: `mice` and `mouse`
/// of either.
pub(crate) fn irregular_forms(folded: &str) -> Vec<Cow<'static, str>> {
    static FORMS: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
        let mut out: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
        IRREGULAR.iter().for_each(|(form, base)| out.entry(base).or_default().push(form));
        for forms in out.values_mut() {
            forms.sort_unstable();
        }
        out
    });
    let base = lemma(folded);
    if let Some((base, forms)) = FORMS.get_key_value(base.as_ref()) {
        return std::iter::once(base).chain(forms).map(|&form| Cow::Borrowed(form)).collect();
    }
    let plural = |&(plural, singular): &(&str, &str)| Some(format!("{}{plural}", base.strip_suffix(singular)?));
    let plurals: Vec<String> = ENDS.iter().filter_map(plural).filter(|plural| lemma(plural) == base).collect();
    if plurals.is_empty() {
        return Vec::new();
    }
    std::iter::once(base.clone().into_owned()).chain(plurals).map(Cow::Owned).collect()
}

/// The word that a folded form belongs to, where the stemmer would not find it.
fn lemma(folded: &str) -> Cow<'_, str> {
    if let Some(&base) = IRREGULAR.get(folded) {
        return Cow::Borrowed(base);
    }
    // Most words end in no such way.
    if folded.len() < 6 || !matches!(folded.as_bytes().last(), Some(b'n' | b's' | b'x' | b'i' | b'a' | b'e' | b'h')) {
        return Cow::Borrowed(folded);
    }
    let compound = |&(plural, singular): &(&str, &str)| Some(format!("{}{singular}", folded.strip_suffix(plural)?));
    match ENDS.iter().find_map(compound) {
        Some(base) if !NO_PLURALS.contains(&folded) => Cow::Owned(base),
        _ => Cow::Borrowed(folded),
    }
}

/// The ends of compounds, of which there are too many for a list.
const ENDS: &[(&str, &str)] = &[
    ("men", "man"),
    ("children", "child"),
    ("people", "person"),
    ("teeth", "tooth"),
    ("mice", "mouse"),
    ("wives", "wife"),
    ("knives", "knife"),
    ("shelves", "shelf"),
    ("wolves", "wolf"),
    ("theses", "thesis"),
    ("lyses", "lysis"),
    ("physes", "physis"),
    ("stases", "stasis"),
    ("geneses", "genesis"),
    ("kineses", "kinesis"),
    ("cocci", "coccus"),
    ("bacilli", "bacillus"),
    ("bacteria", "bacterium"),
    ("hedra", "hedron"),
    ("eaux", "eau"),
    ("eaus", "eau"),
];

/// Words that end so and are no plurals.
const NO_PLURALS: &[&str] = &[
    "abdomen",
    "acumen",
    "albumen",
    "bitumen",
    "bordeaux",
    "bremen",
    "carmen",
    "catechumen",
    "cathedra",
    "cerumen",
    "cyclamen",
    "dolmen",
    "foramen",
    "gravamen",
    "pumice",
    "regimen",
    "specimen",
    "stamen",
    "townspeople",
    "turkmen",
];

/// Words that the stemmer takes the end of for an ending: `lenses` would be no form of `lens`.
const KEPT: &[&str] = &[
    "alias",
    "canvas",
    "embed",
    "gas",
    "iris",
    "lens",
    "metropolis",
    "pancreas",
    "pelvis",
    "rhinoceros",
    "thermos",
    "trellis",
];

/// Words by their forms that no rule of spelling leads to.
static IRREGULAR: LazyLock<HashMap<Box<str>, &'static str>> = LazyLock::new(|| {
    let pairs = [VERBS, NOUNS].into_iter().flat_map(str::split_whitespace).filter_map(|pair| pair.split_once(':'));
    let mut out: HashMap<Box<str>, &'static str> = pairs.map(|(form, base)| (form.into(), base)).collect();
    for word in ADJECTIVES.split_whitespace() {
        let (word, superlative_only) = word.strip_suffix('*').map_or((word, false), |word| (word, true));
        let stem = compared(word);
        out.insert(format!("{stem}est").into(), word);
        if !superlative_only {
            out.insert(format!("{stem}er").into(), word);
        }
    }
    for word in WITH_K.split_whitespace() {
        for ending in ["ing", "ed", "er", "ers"] {
            out.insert(format!("{word}k{ending}").into(), word);
        }
    }
    out
});

/// What stands before `er` and `est`: `easi`, `bigg`, `larg`, `strong`.
fn compared(adjective: &str) -> String {
    let is_vowel = |letter: u8| b"aeiou".contains(&letter);
    match adjective.as_bytes() {
        [.., b'e'] => adjective[..adjective.len() - 1].to_owned(),
        [.., before, b'y'] if !is_vowel(*before) => format!("{}i", &adjective[..adjective.len() - 1]),
        [start @ .., vowel, last]
            if is_vowel(*vowel)
                && !is_vowel(*last)
                && !b"wxy".contains(last)
                && !start.iter().any(|&c| is_vowel(c)) =>
        {
            format!("{adjective}{}", char::from(*last))
        }
        _ => adjective.to_owned(),
    }
}

/// Verbs in `c` that take a `k` before their endings.
const WITH_K: &str = "bivouac frolic havoc mimic panic picnic politic shellac traffic";

/// Words that are compared with `er` and `est`; with `*` where `er` makes another word, as in *cooler* and *stranger*.
const ADJECTIVES: &str = "angry big black* blue* bold brave brief bright broad bulky busy cheap clean* clear close clumsy coarse \
    cold cool* costly cruel* crazy creepy cute damp* dark deadly dear deep dense dim dirty dry dull early easy empty fair fancy fast \
    fat few fierce filthy fine firm fit* flat fond foggy free fresh friendly funny gentle grand grave* great greedy green* \
    grim guilty hairy handy happy hard harsh hasty healthy heavy high holy hot huge humble hungry icy juicy keen kind lame \
    large late* lazy lengthy light* likely lively lonely long loose loud lovely low* lucky mad mean merry messy mighty \
    mild moist moody muddy narrow nasty naughty near neat new nice noble noisy odd old pale plain pleasant* poor pretty proud \
    pure quick quiet rainy rare raw ready red* rich ripe risky rocky rough round* rude sad safe salty scarce scary severe \
    shady shallow sharp shiny short shy sick silly simple sleepy slight slim* slow small smart smooth soft sour speedy spicy steady \
    steep sticky stiff stormy strange* strict strong sturdy subtle sunny sure sweet swift tall tasty tender* thick thin \
    thirsty tidy tight tiny tough tricky true ugly vague vast warm* weak wealthy weighty weird wet white* wide wild windy \
    wise worthy young";

/// Nouns by their plurals, `form:word`; and forms of their spelling.
const NOUNS: &str = "men:man women:woman children:child people:person feet:foot teeth:tooth mice:mouse geese:goose oxen:ox \
    lice:louse dice:die pence:penny brethren:brother wives:wife lives:life knives:knife leaves:leaf halves:half \
    wolves:wolf thieves:thief shelves:shelf loaves:loaf calves:calf hooves:hoof scarves:scarf selves:self elves:elf \
    sheaves:sheaf dwarves:dwarf wharves:wharf turves:turf staves:staff \
    analyses:analysis axes:axis crises:crisis theses:thesis oases:oasis emphases:emphasis synopses:synopsis \
    ellipsis:ellipse diagnoses:diagnosis prognoses:prognosis hypnoses:hypnosis neuroses:neurosis psychoses:psychosis \
    metamorphoses:metamorphosis thromboses:thrombosis scleroses:sclerosis stenoses:stenosis necroses:necrosis \
    fibroses:fibrosis cirrhoses:cirrhosis zoonoses:zoonosis symbioses:symbiosis mitoses:mitosis meioses:meiosis \
    apotheoses:apotheosis anastomoses:anastomosis tuberculoses:tuberculosis exegeses:exegesis nemeses:nemesis \
    catharses:catharsis praxes:praxis testes:testis penes:penis sepses:sepsis \
    lyses:lysis geneses:genesis stases:stasis biases:bias gases:gas gasses:gas buses:bus busses:bus quizzes:quiz metropolises:metropolis \
    indices:index matrices:matrix vertices:vertex appendices:appendix vortices:vortex cortices:cortex codices:codex \
    apices:apex helices:helix cervices:cervix directrices:directrix bisectrices:bisectrix radices:radix varices:varix \
    subindices:subindex calyces:calyx larynges:larynx pharynges:pharynx \
    criteria:criterion phenomena:phenomenon automata:automaton ganglia:ganglion mitochondria:mitochondrion \
    epiphenomena:epiphenomenon taxa:taxon noumena:noumenon oxymora:oxymoron spermatozoa:spermatozoon \
    protozoa:protozoan metazoa:metazoan \
    media:medium datum:data bacteria:bacterium strata:stratum substrata:substratum errata:erratum addenda:addendum \
    corrigenda:corrigendum memoranda:memorandum referenda:referendum desiderata:desideratum curricula:curriculum \
    millennia:millennium symposia:symposium aquaria:aquarium terraria:terrarium planetaria:planetarium \
    herbaria:herbarium vivaria:vivarium solaria:solarium sanatoria:sanatorium crematoria:crematorium \
    auditoria:auditorium moratoria:moratorium emporia:emporium honoraria:honorarium consortia:consortium \
    stadia:stadium gymnasia:gymnasium podia:podium crania:cranium atria:atrium equilibria:equilibrium \
    compendia:compendium colloquia:colloquium mycelia:mycelium epithelia:epithelium endothelia:endothelium \
    plasmodia:plasmodium cilia:cilium labia:labium spectra:spectrum quanta:quantum momenta:momentum ova:ovum \
    sera:serum antisera:antiserum sputa:sputum septa:septum fulcra:fulcrum plectra:plectrum maxima:maximum \
    minima:minimum optima:optimum extrema:extremum vacua:vacuum continua:continuum residua:residuum phyla:phylum \
    subphyla:subphylum flagella:flagellum sterna:sternum cerebella:cerebellum candelabra:candelabrum dicta:dictum \
    ultimata:ultimatum simulacra:simulacrum rostra:rostrum fora:forum arboreta:arboretum mausolea:mausoleum \
    diverticula:diverticulum reticula:reticulum sporangia:sporangium \
    genera:genus subgenera:subgenus corpora:corpus viscera:viscus foramina:foramen lumina:lumen stigmata:stigma \
    schemata:schema stomata:stoma lemmata:lemma carcinomata:carcinoma femora:femur \
    alumni:alumnus nuclei:nucleus nucleoli:nucleolus micronuclei:micronucleus fungi:fungus cacti:cactus \
    stimuli:stimulus radii:radius foci:focus loci:locus syllabi:syllabus termini:terminus uteri:uterus \
    octopi:octopus hippopotami:hippopotamus hippocampi:hippocampus thesauri:thesaurus gladioli:gladiolus \
    magi:magus moduli:modulus abaci:abacus emboli:embolus thrombi:thrombus villi:villus alveoli:alveolus \
    bronchi:bronchus cumuli:cumulus bacilli:bacillus cocci:coccus calculi:calculus colossi:colossus tori:torus \
    esophagi:esophagus oesophagi:oesophagus sarcophagi:sarcophagus papyri:papyrus narcissi:narcissus rhombi:rhombus \
    humeri:humerus sulci:sulcus gyri:gyrus menisci:meniscus homunculi:homunculus eucalypti:eucalyptus genii:genius \
    glomeruli:glomerulus annuli:annulus tumuli:tumulus incubi:incubus styli:stylus hypothalami:hypothalamus \
    thalami:thalamus denarii:denarius nimbi:nimbus polypi:polypus \
    larvae:larva algae:alga antennae:antenna vertebrae:vertebra formulae:formula nebulae:nebula pupae:pupa \
    amoebae:amoeba alumnae:alumna novae:nova supernovae:supernova personae:persona lacunae:lacuna fistulae:fistula \
    maxillae:maxilla aortae:aorta scapulae:scapula tibiae:tibia patellae:patella trabeculae:trabecula hyphae:hypha \
    striae:stria faunae:fauna florae:flora \
    bureaux:bureau plateaux:plateau beaux:beau milieux:milieu adieux:adieu cherubim:cherub seraphim:seraph \
    kibbutzim:kibbutz graffiti:graffito paparazzi:paparazzo libretti:libretto virtuosi:virtuoso concerti:concerto \
    tempi:tempo soli:solo passersby:passerby lieder:lied menus:menu gurus:guru emus:emu gnus:gnu haikus:haiku cpus:cpu gpus:gpu \
    apis:api ngos:ngo pcs:pc tvs:tv dvds:dvd cds:cd programme:program programmes:program";

/// Verbs by their forms; and what is compared as no other word.
const VERBS: &str = "went:go gone:go goes:go said:say saw:see seen:see came:come took:take taken:take knew:know known:know \
    thought:think told:tell gave:give given:give got:get gotten:get made:make found:find left:leave felt:feel \
    brought:bring began:begin begun:begin kept:keep held:hold wrote:write written:write stood:stand heard:hear \
    sat:sit ran:run ate:eat \
    eaten:eat drank:drink drunk:drink fell:fall fallen:fall spoke:speak spoken:speak sent:send met:meet lost:lose \
    bought:buy sold:sell sang:sing sung:sing slept:sleep wore:wear worn:wear became:become drew:draw drawn:draw \
    flew:fly flown:fly grew:grow grown:grow rose:rise risen:rise threw:throw thrown:throw shook:shake shaken:shake \
    broke:break broken:break chose:choose chosen:choose hid:hide hidden:hide rode:ride led:lead meant:mean paid:pay \
    spent:spend taught:teach caught:catch fought:fight understood:understand built:build \
    drove:drive driven:drive won:win sought:seek \
    forgot:forget forgotten:forget swept:sweep wept:weep crept:creep dealt:deal bent:bend bound:bind struck:strike \
    stuck:stick shot:shoot shone:shine slid:slide swore:swear sworn:swear tore:tear torn:tear woke:wake woken:wake \
    hung:hang dug:dig fed:feed bled:bleed fled:flee sank:sink sunk:sink swam:swim swum:swim rang:ring rung:ring \
    sprang:spring sprung:spring stole:steal \
    stolen:steal froze:freeze frozen:freeze blew:blow blown:blow beaten:beat bitten:bite died:die dying:die \
    lying:lie lain:lie laid:lay tying:tie untying:untie vying:vie better:good best:good worse:bad worst:bad \
    arose:arise arisen:arise awoke:awake awoken:awake befell:befall befallen:befall bred:breed burnt:burn clung:cling \
    dreamt:dream dwelt:dwell flung:fling forbade:forbid forbidden:forbid foresaw:foresee foreseen:foresee \
    foretold:foretell forgave:forgive forgiven:forgive forsook:forsake forsaken:forsake foregone:forego forgone:forgo \
    interwoven:interweave knelt:kneel leapt:leap learnt:learn lent:lend misled:mislead mistook:mistake \
    mistaken:mistake misunderstood:misunderstand mown:mow outgrew:outgrow outgrown:outgrow overcame:overcome \
    overdrawn:overdraw overheard:overhear overridden:override overrode:override oversaw:oversee overseen:oversee \
    overshot:overshoot overtaken:overtake overtook:overtake overthrew:overthrow overthrown:overthrow \
    overwritten:overwrite prepaid:prepay proven:prove rebuilt:rebuild remade:remake repaid:repay retaken:retake \
    retold:retell rethought:rethink rewritten:rewrite rewrote:rewrite ridden:ride sewn:sew shown:show shrank:shrink \
    shrunk:shrink slain:slay slung:sling sown:sow sped:speed spelt:spell spilt:spill spoilt:spoil spun:spin stank:stink stunk:stink strewn:strew \
    strode:stride strove:strive striven:strive strung:string stung:sting swollen:swell swung:swing trod:tread \
    trodden:tread underlain:underlie undergone:undergo underwent:undergo undertaken:undertake undertook:undertake \
    undid:undo undone:undo unwound:unwind upheld:uphold withdrawn:withdraw withdrew:withdraw withheld:withhold \
    withstood:withstand woven:weave wrung:wring overdone:overdo outdone:outdo redone:redo \
    dialled:dial dialling:dial duelled:duel duelling:duel fuelled:fuel fuelling:fuel refuelled:refuel refuelling:refuel \
    gassed:gas gassing:gas quizzed:quiz quizzing:quiz trekked:trek trekking:trek embeds:embed";

#[cfg(test)]
mod tests {
    use super::*;

    fn same(pairs: &str) {
        for pair in pairs.split_whitespace() {
            let (form, word) = pair.split_once(':').unwrap();
            assert_eq!(english_key(form), english_key(word), "{pair}");
        }
    }

    #[test]
    fn forms_are_folded() {
        same("Negotiations’:negotiation U.S.:US ＣＳＩＳ:csis men’s:man Policemen's:policeman");
    }

    #[test]
    fn latin_and_greek_plurals_are_forms_of_their_word() {
        same(
            "analyses:analysis crises:crisis theses:thesis hypotheses:hypothesis syntheses:synthesis \
            parentheses:parenthesis diagnoses:diagnosis metastases:metastasis dialyses:dialysis axes:axis \
            ellipses:ellipsis ellipses:ellipse indices:index indexes:index matrices:matrix vertices:vertex \
            appendices:appendix criteria:criterion phenomena:phenomenon bacteria:bacterium cyanobacteria:cyanobacterium \
            media:medium data:datum errata:erratum addenda:addendum memoranda:memorandum curricula:curriculum \
            curriculums:curriculum alumni:alumnus nuclei:nucleus fungi:fungus cacti:cactus cactuses:cactus \
            streptococci:streptococcus larvae:larva formulae:formula formulas:formula polyhedra:polyhedron \
            plateaux:plateau plateaus:plateau genera:genus corpora:corpus stigmata:stigma",
        );
    }

    #[test]
    fn english_plurals_are_forms_of_their_word() {
        same(
            "shelves:shelf bookshelves:bookshelf wolves:wolf loaves:loaf calves:calf hooves:hoof scarves:scarf \
            selves:self halves:half leaves:leaf housewives:housewife oxen:ox geese:goose lice:louse dormice:dormouse \
            dice:die grandchildren:grandchild fishermen:fisherman women:woman congresswomen:congresswoman \
            salespeople:salesperson potatoes:potato heroes:hero echoes:echo series:series species:species \
            lenses:lens gases:gas buses:bus biases:bias aliases:alias canvases:canvas viruses:virus stamens:stamen menus:menu NGOs:NGO quizzes:quiz",
        );
    }

    #[test]
    fn spellings_are_forms_of_their_word() {
        same(
            "panicking:panic panicked:panic trafficking:traffic traffickers:traffic mimicking:mimic picnicked:picnic \
            easiest:easy easier:easy happiest:happy happier:happy bigger:big biggest:big hottest:hot thinnest:thin \
            largest:large simpler:simple driest:dry truest:true freer:free strongest:strong narrower:narrow \
            quieter:quiet latest:late highest:high embedded:embed embedding:embed embeds:embed fuelled:fuel dying:die tying:tie",
        );
    }

    #[test]
    fn other_words_stay_other_words() {
        for (one, other) in [
            ("specimen", "speciman"),
            ("regimen", "regiman"),
            ("priest", "pry"),
            ("forest", "fore"),
            ("stranger", "strange"),
            ("cooler", "cool"),
            ("tester", "test"),
            ("carrier", "carry"),
            ("barrier", "bar"),
            ("kicking", "kic"),
            ("prices", "prix"),
            ("offices", "offix"),
            ("bases", "basis"),
            ("doses", "dosis"),
            ("purposes", "purposis"),
            ("behaves", "behalf"),
            ("olives", "olife"),
            ("opera", "opus"),
            ("agenda", "agendum"),
            ("area", "areum"),
            ("taxi", "taxus"),
            ("bit", "bite"),
            ("interest", "inter"),
            ("lower", "low"),
        ] {
            assert_ne!(english_key(one), english_key(other), "{one} {other}");
        }
    }

    #[test]
    fn forms_that_begin_otherwise_are_known_from_each_of_them() {
        let forms = |word: &str| irregular_forms(word).join(" ");
        assert_eq!(forms("mice"), "mouse mice");
        assert_eq!(forms("mouse"), "mouse mice");
        assert_eq!(forms("go"), "go goes gone went");
        assert_eq!(forms("fisherman"), "fisherman fishermen");
        assert_eq!(forms("syntheses"), "synthesis syntheses");
        assert_eq!(forms("matrix"), "matrix matrices");
        assert_eq!(forms("negotiate"), "");
    }

    #[test]
    fn no_form_is_listed_for_two_words() {
        let mut known: BTreeMap<&str, &str> = BTreeMap::new();
        for (form, base) in
            [VERBS, NOUNS].into_iter().flat_map(str::split_whitespace).map(|p| p.split_once(':').unwrap())
        {
            assert!(known.insert(form, base).is_none_or(|before| before == base), "{form}");
            // A word is not a form of a third.
            assert!(!IRREGULAR.contains_key(base), "{form}:{base}");
        }
    }
}
