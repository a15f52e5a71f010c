// Spellings of words and names, as folded words. A clause has eight spellings at most.

/** A group a line: an Event that has one of them is found by each of the others. */
export const GROUPS = `
theatre, theater
centre, center
saint, st, sankt, sint
sainte, ste
mount, mt
fort, ft
junior, jr
senior, sr
philharmonic, philharmoniker, philharmonie, philharmonique, filarmonica
orchestra, orchester, orchestre, orquesta, orkest
symphony, symphonie, sinfonie, sinfonia
chamber orchestra, kammerorchester
string quartet, streichquartett, quatuor a cordes
concert, concerts, konzert, konzerte, concierto
opera, oper
festival, festivals, festspiele, fest
museum, musee, museo
rock and roll, rock n roll, rock roll
drum and bass, drum n bass, dnb
r and b, r n b, rnb
hip hop, hiphop
stand up, standup
k pop, kpop
football, soccer, fussball, futbol
formula 1, formula one, f1, formel 1
grand prix, gp
new york philharmonic, ny philharmonic
`;

/** A name a line, as Events have it, and after the colon what people type: only these find that. */
export const ALIASES = `
new york philharmonic: ny phil, nyphil, nypo
champions league: ucl
major league soccer: mls
world cup: weltmeisterschaft, coupe du monde
manchester united: man utd, man united, man u, manchester utd
manchester city: man city
newcastle united: newcastle utd
sheffield united: sheffield utd, sheff utd
sheffield wednesday: sheff wed
leeds united: leeds utd
west ham united: west ham utd
nottingham forest: nottm forest, notts forest
wolverhampton wanderers: wolves
tottenham hotspur: spurs
west bromwich albion: west brom, wba
queens park rangers: qpr
brighton hove albion: brighton and hove albion
paris saint germain: psg, paris sg, paris st germain
olympique marseille: om marseille
olympique de marseille: olympique marseille, om marseille
olympique lyonnais: olympique lyon
saint etienne: asse
fc barcelona: barca, fcb barcelona, barcelona fc
atletico madrid: atleti, atletico de madrid
club atletico de madrid: atleti, atletico madrid
internazionale: inter, inter milan, inter mailand, inter milano
ac milan: ac mailand
juventus: juve
bayern munchen: fc bayern, fcb munchen, bayern munich, fc bayern munich
1860 munchen: 1860 munich
fc koln: fc cologne
fc nurnberg: fc nuremberg
austria wien: austria vienna
rapid wien: rapid vienna
club brugge: club bruges
cercle brugge: cercle bruges
borussia dortmund: bvb, bvb dortmund
borussia monchengladbach: gladbach, borussia m gladbach
bayer leverkusen: bayer 04 leverkusen
bayer 04 leverkusen: bayer leverkusen
eintracht frankfurt: sge frankfurt
hamburger sv: hsv
schalke 04: fc schalke
rb leipzig: rasenballsport leipzig
sporting cp: sporting lisbon, sporting lissabon
sporting clube de portugal: sporting lisbon, sporting lissabon
benfica: sl benfica
crvena zvezda: red star belgrade, red star beograd
los angeles fc: lafc
los angeles galaxy: la galaxy
la galaxy: los angeles galaxy
new york city fc: nycfc, nyc fc
new york red bulls: ny red bulls, new york rb
new york rb: new york red bulls, ny red bulls
celtic: celtic glasgow
rangers fc: glasgow rangers
`;
