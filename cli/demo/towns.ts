/** A region of the demo’s chain. */
export interface Region {
  name: string;
  /** Its part of the chain’s stores, relative to the other regions. */
  weight: number;
  /** Carries most of the region’s stores. */
  carrier: string;
  /** Big towns with the quarters that have a store of their own. */
  quarters: Readonly<Record<string, readonly string[]>>;
  towns: readonly string[];
}

/** Invented, so that no real carrier is shown failing. */
export const CARRIERS = ['Alizéo', 'Nordfibre', 'Occilink'] as const;
const [ALIZEO, NORDFIBRE, OCCILINK] = CARRIERS;

const list = (text: string): string[] => text.split(',').map((name) => name.trim());

/** Where the stores of the demo stand. */
export const REGIONS: readonly Region[] = [
  {
    name: 'Auvergne-Rhône-Alpes',
    weight: 62,
    carrier: ALIZEO,
    quarters: {
      Lyon: list('Part-Dieu, Croix-Rousse, Monplaisir, Gerland, Vaise, Bellecour, Guillotière, Confluence'),
      'Saint-Étienne': list('Bellevue, Châteaucreux, Bergson, Carnot'),
      Grenoble: list('Berriat, Île-Verte, Eaux-Claires, Teisseire'),
      'Clermont-Ferrand': list('Jaude, Montferrand, La Pardieu'),
      Villeurbanne: list('Gratte-Ciel, Charpennes, Cusset'),
    },
    towns: list(
      'Annecy, Chambéry, Valence, Vénissieux, Roanne, Bourg-en-Bresse, Montélimar, Vichy, Aurillac, Montluçon, Moulins, Thonon-les-Bains, Annemasse, Aix-les-Bains, Albertville, Voiron, Vienne, Romans-sur-Isère, Oyonnax, Privas, Aubenas, Annonay, Le Puy-en-Velay, Issoire, Riom, Thiers, Saint-Chamond, Firminy, Givors, Caluire-et-Cuire, Bron, Décines-Charpieu, Meyzieu, Villefranche-sur-Saône, Tarare, Cluses, Sallanches, Échirolles, Fontaine, Bourgoin-Jallieu, Crest, Pierrelatte',
    ),
  },
  {
    name: 'Bourgogne-Franche-Comté',
    weight: 21,
    carrier: ALIZEO,
    quarters: { Dijon: list('Darcy, Toison d’Or, Fontaine d’Ouche'), Besançon: list('Planoise, Battant') },
    towns: list(
      'Belfort, Chalon-sur-Saône, Nevers, Auxerre, Mâcon, Sens, Le Creusot, Montbéliard, Dole, Lons-le-Saunier, Vesoul, Beaune, Pontarlier, Autun, Montceau-les-Mines, Paray-le-Monial, Cosne-Cours-sur-Loire, Avallon, Héricourt, Audincourt, Chenôve',
    ),
  },
  {
    name: 'Bretagne',
    weight: 32,
    carrier: NORDFIBRE,
    quarters: {
      Rennes: list('Villejean, Sainte-Anne, Beauregard, Le Blosne'),
      Brest: list('Recouvrance, Saint-Marc, Bellevue'),
    },
    towns: list(
      'Quimper, Lorient, Vannes, Saint-Malo, Saint-Brieuc, Lannion, Fougères, Vitré, Concarneau, Douarnenez, Morlaix, Landerneau, Pontivy, Auray, Ploemeur, Hennebont, Lamballe, Dinan, Guingamp, Loudéac, Redon, Ploërmel, Carhaix-Plouguer, Quimperlé, Dinard, Cesson-Sévigné, Bruz, Paimpol, Perros-Guirec, Landivisiau',
    ),
  },
  {
    name: 'Centre-Val de Loire',
    weight: 18,
    carrier: OCCILINK,
    quarters: { Tours: list('Les Halles, Beaujardin, Saint-Symphorien'), Orléans: list('Madeleine, La Source') },
    towns: list(
      'Bourges, Chartres, Blois, Châteauroux, Dreux, Vierzon, Montargis, Vendôme, Joué-lès-Tours, Fleury-les-Aubrais, Châteaudun, Romorantin-Lanthenay, Issoudun, Amboise, Gien, Pithiviers, Chinon, Nogent-le-Rotrou, Saint-Amand-Montrond, Lucé',
    ),
  },
  {
    name: 'Grand Est',
    weight: 44,
    carrier: NORDFIBRE,
    quarters: {
      Strasbourg: list('Neudorf, Krutenau, Meinau, Cronenbourg, Robertsau'),
      Reims: list('Clairmarais, Croix-Rouge, Boulingrin'),
      Metz: list('Sablon, Queuleu'),
      Nancy: list('Saint-Sébastien, Haut-du-Lièvre'),
      Mulhouse: list('Dornach, Porte Jeune'),
    },
    towns: list(
      'Colmar, Troyes, Charleville-Mézières, Châlons-en-Champagne, Épinal, Thionville, Haguenau, Schiltigheim, Sarreguemines, Forbach, Saint-Dizier, Verdun, Bar-le-Duc, Lunéville, Épernay, Sedan, Chaumont, Sélestat, Saverne, Obernai, Saint-Louis, Guebwiller, Toul, Longwy, Remiremont, Gérardmer, Saint-Dié-des-Vosges, Vitry-le-François, Romilly-sur-Seine, Illkirch-Graffenstaden, Montigny-lès-Metz, Sarrebourg, Wissembourg, Rethel, Pont-à-Mousson',
    ),
  },
  {
    name: 'Hauts-de-France',
    weight: 50,
    carrier: NORDFIBRE,
    quarters: {
      Lille: list('Wazemmes, Fives, Vauban, Euralille, Saint-Maurice, Bois-Blancs'),
      Amiens: list('Saint-Leu, Étouvie, Henriville'),
      Roubaix: list('Alma, Barbieux'),
      Tourcoing: list('Gambetta, Virolois'),
      Dunkerque: list('Malo-les-Bains, Rosendaël'),
    },
    towns: list(
      'Calais, Villeneuve-d’Ascq, Valenciennes, Boulogne-sur-Mer, Arras, Douai, Béthune, Lens, Liévin, Hénin-Beaumont, Cambrai, Maubeuge, Saint-Quentin, Beauvais, Compiègne, Creil, Laon, Soissons, Abbeville, Saint-Omer, Hazebrouck, Armentières, Bruay-la-Buissière, Wattrelos, Marcq-en-Barœul, Lambersart, Loos, Denain, Hautmont, Chauny, Tergnier, Senlis, Chantilly, Noyon, Albert, Péronne, Montreuil, Berck, Étaples, Carvin, Lesquin, Bailleul',
    ),
  },
  {
    name: 'Île-de-France',
    weight: 80,
    carrier: ALIZEO,
    quarters: {
      Paris: list(
        'Bastille, Belleville, Batignolles, Beaugrenelle, Bercy, Daumesnil, Gobelins, Jourdain, Marais, Montparnasse, Nation, Oberkampf, Passy, Pernety, République, Tolbiac, Vaugirard, Villette',
      ),
      'Boulogne-Billancourt': list('Marcel-Sembat, Point-du-Jour'),
      'Saint-Denis': list('Basilique, Pleyel'),
      Montreuil: list('Croix-de-Chavaux, Robespierre'),
    },
    towns: list(
      'Argenteuil, Nanterre, Vitry-sur-Seine, Créteil, Aubervilliers, Asnières-sur-Seine, Colombes, Courbevoie, Rueil-Malmaison, Champigny-sur-Marne, Saint-Maur-des-Fossés, Drancy, Issy-les-Moulineaux, Noisy-le-Grand, Levallois-Perret, Antony, Neuilly-sur-Seine, Clichy, Sarcelles, Ivry-sur-Seine, Villejuif, Épinay-sur-Seine, Meaux, Évry-Courcouronnes, Bondy, Fontenay-sous-Bois, Chelles, Cergy, Sartrouville, Clamart, Maisons-Alfort, Meudon, Massy, Pontoise, Versailles, Vincennes, Le Chesnay, Poissy, Mantes-la-Jolie, Melun, Fontainebleau, Provins, Étampes, Palaiseau, Savigny-sur-Orge, Corbeil-Essonnes, Torcy, Pontault-Combault, Rambouillet, Conflans-Sainte-Honorine, Montrouge, Malakoff, Vanves, Bagneux, Châtillon, Gennevilliers, Livry-Gargan, Rosny-sous-Bois, Bobigny, Pantin, Les Lilas, Saint-Ouen, Houilles, Ermont, Taverny, Coulommiers',
    ),
  },
  {
    name: 'Normandie',
    weight: 28,
    carrier: NORDFIBRE,
    quarters: {
      Rouen: list('Saint-Sever, Jouvenet, Beauvoisine'),
      'Le Havre': list('Perret, Sanvic, Eure'),
      Caen: list('Vaucelles, La Folie'),
    },
    towns: list(
      'Cherbourg-en-Cotentin, Évreux, Dieppe, Alençon, Saint-Lô, Lisieux, Fécamp, Elbeuf, Vernon, Louviers, Bayeux, Flers, Argentan, Granville, Avranches, Coutances, Vire, Falaise, Honfleur, Yvetot, Bernay, Pont-Audemer, Hérouville-Saint-Clair, Bolbec, L’Aigle',
    ),
  },
  {
    name: 'Nouvelle-Aquitaine',
    weight: 45,
    carrier: OCCILINK,
    quarters: {
      Bordeaux: list('Chartrons, Bastide, Saint-Michel, Caudéran, Meriadeck'),
      Limoges: list('Beaubreuil, Bénédictins'),
      Poitiers: list('Couronneries, Montmidi'),
      'La Rochelle': list('Vieux-Port, Mireuil'),
      Pau: list('Trespoey, Saragosse'),
    },
    towns: list(
      'Mérignac, Pessac, Talence, Bayonne, Anglet, Biarritz, Niort, Angoulême, Périgueux, Bergerac, Agen, Mont-de-Marsan, Dax, Brive-la-Gaillarde, Tulle, Guéret, Rochefort, Saintes, Royan, Cognac, Châtellerault, Libourne, Arcachon, Villeneuve-sur-Lot, Marmande, Sarlat-la-Canéda, Orthez, Oloron-Sainte-Marie, Bressuire, Parthenay, Thouars, Saint-Junien, Ussel, Langon, Lormont, Cenon, Saint-Jean-d’Angély, Jonzac',
    ),
  },
  {
    name: 'Occitanie',
    weight: 46,
    carrier: OCCILINK,
    quarters: {
      Toulouse: list('Capitole, Saint-Cyprien, Minimes, Rangueil, Compans, Purpan'),
      Montpellier: list('Comédie, Antigone, Port-Marianne, Figuerolles'),
      Nîmes: list('Maison Carrée, Pissevin'),
      Perpignan: list('Castillet, Moulin-à-Vent'),
    },
    towns: list(
      'Béziers, Narbonne, Montauban, Albi, Carcassonne, Tarbes, Castres, Sète, Alès, Rodez, Cahors, Auch, Foix, Mende, Millau, Figeac, Pamiers, Muret, Colomiers, Blagnac, Tournefeuille, Lunel, Frontignan, Agde, Lourdes, Saint-Gaudens, Gaillac, Mazamet, Castelnaudary, Limoux, Lézignan-Corbières, Bagnols-sur-Cèze, Beaucaire, Céret, Moissac, Villefranche-de-Rouergue, Graulhet',
    ),
  },
  {
    name: 'Pays de la Loire',
    weight: 32,
    carrier: OCCILINK,
    quarters: {
      Nantes: list('Chantenay, Doulon, Beaulieu, Bouffay, Erdre'),
      Angers: list('Doutre, Belle-Beille, Lafayette'),
      'Le Mans': list('Jacobins, Pontlieue'),
    },
    towns: list(
      'Saint-Nazaire, Cholet, La Roche-sur-Yon, Laval, Saint-Herblain, Rezé, Saumur, Les Sables-d’Olonne, Challans, Fontenay-le-Comte, La Flèche, Sablé-sur-Sarthe, Mayenne, Château-Gontier, Ancenis, Châteaubriant, Pornic, La Baule-Escoublac, Guérande, Orvault, Les Herbiers, Clisson, Luçon, La Ferté-Bernard, Segré',
    ),
  },
  {
    name: 'Provence-Alpes-Côte d’Azur',
    weight: 42,
    carrier: OCCILINK,
    quarters: {
      Marseille: list('Castellane, Joliette, Prado, La Valentine, Saint-Barnabé, Endoume, Belsunce'),
      Nice: list('Libération, Riquier, Saint-Roch, Magnan'),
      Toulon: list('Mourillon, Le Pont-du-Las'),
      'Aix-en-Provence': list('Mirabeau, Jas de Bouffan'),
      Avignon: list('Saint-Ruf, Montfavet'),
    },
    towns: list(
      'Antibes, Cannes, La Seyne-sur-Mer, Hyères, Fréjus, Arles, Grasse, Cagnes-sur-Mer, Martigues, Aubagne, Istres, Salon-de-Provence, Six-Fours-les-Plages, Le Cannet, La Ciotat, Saint-Raphaël, Draguignan, Menton, Gap, Carpentras, Orange, Cavaillon, Vitrolles, Marignane, Miramas, Manosque, Digne-les-Bains, Briançon, Vence, Brignoles, L’Isle-sur-la-Sorgue, Apt, Gardanne',
    ),
  },
];

/** What tells stores of one town apart once its quarters are used up. */
const SPOTS = ['Gare', 'Centre', 'Nord', 'Sud', 'Est', 'Ouest', 'Les Halles', 'Le Parc', 'La Poste', 'Les Portes'];

/** At least `count` titles for stores of a region, no two alike, the plainest first. */
export function placesOf(region: Region, count: number): string[] {
  const quarters = Object.entries(region.quarters).flatMap(([town, names]) => names.map((name) => `${town} ${name}`));
  const places = [...quarters, ...region.towns];
  for (let round = 0; places.length < count; round++) {
    const spot = SPOTS[round] ?? `Site ${round - SPOTS.length + 2}`;
    places.push(...region.towns.map((town) => `${town} ${spot}`));
  }
  return places;
}
