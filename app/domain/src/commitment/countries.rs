//! What countries and their people are called besides their names, for the countries of the Americas and Spain.

/// ISO 3166-1 code; how words for what belongs to the country begin, without accents; other names that stand for its government.
pub(super) type Called = (&'static str, &'static [&'static str], &'static [&'static str]);

/// What each is called. What is said of a government is said in the name of its seat too.
pub(super) const CALLED: &[Called] = &[
    ("AR", &["argentin"], &["buenos aires"]),
    ("BB", &["barbadian", "barbadens"], &[]),
    ("BO", &["bolivian"], &["la paz"]),
    ("BR", &["brazilian", "brasilen"], &["brasilia"]),
    ("BZ", &["belizean", "belicen"], &["belmopan"]),
    ("CA", &["canadian", "canadiens"], &["ottawa"]),
    ("CL", &["chilean", "chilen"], &[]),
    ("CO", &["colombian"], &["bogota"]),
    ("CR", &["costa rican", "costarricens"], &["san jose"]),
    ("CU", &["cuban"], &["la habana", "havana"]),
    ("DO", &["dominican"], &["santo domingo"]),
    ("EC", &["ecuadorian", "ecuatorian"], &["quito"]),
    ("ES", &["spanish", "espanol"], &["madrid"]),
    ("GT", &["guatemalan", "guatemaltec"], &[]),
    ("GY", &["guyanese", "guyanes"], &["georgetown"]),
    ("HN", &["honduran", "honduren"], &["tegucigalpa"]),
    ("HT", &["haitian"], &["port-au-prince", "puerto principe"]),
    ("JM", &["jamaican", "jamaiquin"], &["kingston"]),
    ("MX", &["mexican"], &[]),
    ("NI", &["nicaraguan", "nicaraguens"], &["managua"]),
    ("PA", &["panamanian", "panamen"], &[]),
    ("PE", &["peruvian", "peruan"], &["lima"]),
    ("PY", &["paraguayan", "paraguayo"], &["asuncion"]),
    ("SR", &["surinamese", "surinames"], &["paramaribo"]),
    ("SV", &["salvadoran", "salvadorean", "salvadoren"], &["san salvador"]),
    ("TT", &["trinidadian", "trinitens"], &["port of spain", "puerto espana"]),
    ("US", &["american", "estadounidens", "u.s"], &["washington", "white house", "casa blanca", "u.s", "u.s.a", "usa", "ee uu"]),
    ("UY", &["uruguayan", "uruguayo"], &["montevideo"]),
    ("VE", &["venezuelan", "venezolan"], &["caracas"]),
];
