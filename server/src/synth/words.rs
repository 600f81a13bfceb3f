//! The words of the synthetic record, each in both languages.

/// The same in English and in Spanish.
pub(super) type Both = (&'static str, &'static str);

/// A field of policy, with topics and what pledges on them are about.
pub(super) struct Theme {
    pub(super) topics: &'static [Both],
    pub(super) objects: &'static [Both],
}

#[rustfmt::skip]
pub(super) const THEMES: &[Theme] = &[
    Theme {
        topics: &[("Asylum", "Asilo"), ("Labour migration", "Migración laboral"), ("Return and reintegration", "Retorno y reintegración"), ("Border management", "Gestión fronteriza"), ("Family reunification", "Reunificación familiar")],
        objects: &[
            ("the processing of asylum applications", "la tramitación de las solicitudes de asilo"), ("temporary work visas", "las visas de trabajo temporal"),
            ("shelters for migrants in transit", "los albergues para migrantes en tránsito"), ("regional resettlement places", "los cupos regionales de reasentamiento"),
            ("the regularization of undocumented workers", "la regularización de trabajadores indocumentados"), ("reception centres for unaccompanied children", "los centros de acogida para niñez no acompañada"),
            ("the exchange of information on smuggling networks", "el intercambio de información sobre redes de tráfico"), ("consular protection abroad", "la protección consular en el exterior"),
            ("an operational cell on irregular migration", "una célula operativa sobre migración irregular"), ("reintegration grants for returnees", "las ayudas de reintegración para personas retornadas"),
        ],
    },
    Theme {
        topics: &[("Vaccination", "Vacunación"), ("Primary care", "Atención primaria"), ("Maternal health", "Salud materna"), ("Mental health", "Salud mental"), ("Medicines", "Medicamentos")],
        objects: &[
            ("the vaccination of children under five", "la vacunación de menores de cinco años"), ("rural health posts", "los puestos de salud rurales"),
            ("the national hospital network", "la red hospitalaria nacional"), ("free antenatal check-ups", "los controles prenatales gratuitos"),
            ("the supply of essential medicines", "el abastecimiento de medicamentos esenciales"), ("community mental health teams", "los equipos comunitarios de salud mental"),
            ("an early warning system for dengue", "un sistema de alerta temprana para el dengue"), ("the training of midwives", "la formación de parteras"),
            ("waiting times for surgery", "los tiempos de espera para cirugías"), ("the national cancer plan", "el plan nacional contra el cáncer"),
        ],
    },
    Theme {
        topics: &[("Emissions", "Emisiones"), ("Renewable energy", "Energías renovables"), ("Adaptation", "Adaptación"), ("Climate finance", "Financiamiento climático"), ("Air quality", "Calidad del aire")],
        objects: &[
            ("greenhouse gas emissions", "las emisiones de gases de efecto invernadero"), ("solar and wind power", "la energía solar y eólica"),
            ("the phase-out of coal plants", "el cierre de las centrales de carbón"), ("climate finance for small islands", "el financiamiento climático para islas pequeñas"),
            ("a carbon tax on heavy industry", "un impuesto al carbono para la industria pesada"), ("electric buses in public transport", "los autobuses eléctricos en el transporte público"),
            ("methane leaks from oil wells", "las fugas de metano de los pozos petroleros"), ("drought-resistant seeds", "las semillas resistentes a la sequía"),
            ("glacier monitoring stations", "las estaciones de monitoreo de glaciares"), ("the restoration of mangroves", "la restauración de manglares"),
        ],
    },
    Theme {
        topics: &[("Public budget", "Presupuesto público"), ("Taxes", "Impuestos"), ("Public debt", "Deuda pública"), ("Procurement", "Contratación pública"), ("Subsidies", "Subsidios")],
        objects: &[
            ("the budget for social programmes", "el presupuesto para programas sociales"), ("tax relief for small businesses", "la exención fiscal para pequeñas empresas"),
            ("the publication of public contracts", "la publicación de los contratos públicos"), ("the deficit of the central government", "el déficit del gobierno central"),
            ("fuel subsidies", "los subsidios a los combustibles"), ("the collection of value added tax", "la recaudación del impuesto al valor agregado"),
            ("transfers to municipalities", "las transferencias a los municipios"), ("the audit of emergency spending", "la auditoría del gasto de emergencia"),
            ("a register of beneficial owners", "un registro de beneficiarios finales"), ("participatory budgeting", "los presupuestos participativos"),
        ],
    },
    Theme {
        topics: &[("Schools", "Escuelas"), ("Universities", "Universidades"), ("Teachers", "Docentes"), ("Early childhood", "Primera infancia"), ("Literacy", "Alfabetización")],
        objects: &[
            ("bilingual schools in indigenous communities", "las escuelas bilingües en comunidades indígenas"), ("school meals", "la alimentación escolar"),
            ("scholarships for technical training", "las becas de formación técnica"), ("the salaries of teachers", "los salarios de los docentes"),
            ("internet access in classrooms", "el acceso a internet en las aulas"), ("public nurseries", "las guarderías públicas"),
            ("the drop-out rate in secondary school", "la tasa de deserción en la secundaria"), ("textbooks in native languages", "los libros de texto en lenguas originarias"),
            ("adult literacy courses", "los cursos de alfabetización de adultos"), ("university places in the provinces", "los cupos universitarios en las provincias"),
        ],
    },
    Theme {
        topics: &[("Water", "Agua"), ("Sanitation", "Saneamiento"), ("Rivers and lakes", "Ríos y lagos"), ("Irrigation", "Riego"), ("Waste", "Residuos")],
        objects: &[
            ("drinking water in rural areas", "el agua potable en zonas rurales"), ("the treatment of waste water", "el tratamiento de aguas residuales"),
            ("irrigation for smallholders", "el riego para pequeños productores"), ("the clean-up of the river basin", "el saneamiento de la cuenca"),
            ("recycling plants", "las plantas de reciclaje"), ("single-use plastics", "los plásticos de un solo uso"),
            ("the pipeline across the highlands", "el acueducto del altiplano"), ("rainwater tanks for schools", "las cisternas de agua de lluvia para escuelas"),
            ("open-air landfills", "los vertederos a cielo abierto"), ("the aquifer beneath the capital", "el acuífero bajo la capital"),
        ],
    },
    Theme {
        topics: &[("Police reform", "Reforma policial"), ("Courts", "Tribunales"), ("Corruption", "Corrupción"), ("Violence against women", "Violencia contra las mujeres"), ("Missing persons", "Personas desaparecidas")],
        objects: &[
            ("an independent anti-corruption prosecutor", "una fiscalía anticorrupción independiente"), ("shelters for victims of violence", "los refugios para víctimas de violencia"),
            ("the backlog of court cases", "el rezago de causas judiciales"), ("body cameras for the police", "las cámaras corporales para la policía"),
            ("the search for missing persons", "la búsqueda de personas desaparecidas"), ("asset declarations of officials", "las declaraciones patrimoniales de los funcionarios"),
            ("witness protection", "la protección de testigos"), ("legal aid in indigenous languages", "la asistencia jurídica en lenguas indígenas"),
            ("the forensic institute", "el instituto forense"), ("the control of firearms", "el control de armas de fuego"),
        ],
    },
    Theme {
        topics: &[("Housing", "Vivienda"), ("Urban transport", "Transporte urbano"), ("Roads", "Carreteras"), ("Railways", "Ferrocarriles"), ("Disaster recovery", "Reconstrucción")],
        objects: &[
            ("social housing", "la vivienda social"), ("the metro line to the suburbs", "la línea de metro hacia la periferia"),
            ("the bridge over the border river", "el puente sobre el río fronterizo"), ("the reconstruction after the earthquake", "la reconstrucción tras el terremoto"),
            ("cycle lanes", "las ciclovías"), ("the freight railway to the port", "el ferrocarril de carga al puerto"),
            ("land titles in informal settlements", "los títulos de propiedad en asentamientos informales"), ("rural roads", "los caminos rurales"),
            ("rent controls", "el control de alquileres"), ("flood barriers along the coast", "las barreras contra inundaciones en la costa"),
        ],
    },
    Theme {
        topics: &[("Employment", "Empleo"), ("Minimum wage", "Salario mínimo"), ("Pensions", "Pensiones"), ("Gender equality", "Igualdad de género"), ("Child labour", "Trabajo infantil")],
        objects: &[
            ("the minimum wage", "el salario mínimo"), ("pensions for informal workers", "las pensiones para trabajadores informales"),
            ("paid parental leave", "la licencia parental remunerada"), ("labour inspections on plantations", "las inspecciones laborales en las plantaciones"),
            ("jobs for young people", "los empleos para jóvenes"), ("the wage gap between women and men", "la brecha salarial entre mujeres y hombres"),
            ("collective bargaining in the textile industry", "la negociación colectiva en la maquila"), ("domestic workers’ rights", "los derechos de las trabajadoras del hogar"),
            ("unemployment insurance", "el seguro de desempleo"), ("vocational training for returnees", "la capacitación laboral de personas retornadas"),
        ],
    },
    Theme {
        topics: &[("Forests", "Bosques"), ("Biodiversity", "Biodiversidad"), ("Oceans and fisheries", "Océanos y pesca"), ("Agriculture", "Agricultura"), ("Mining", "Minería")],
        objects: &[
            ("deforestation in protected areas", "la deforestación en áreas protegidas"), ("marine reserves", "las reservas marinas"),
            ("fair prices for coffee growers", "los precios justos para caficultores"), ("the moratorium on open-pit mining", "la moratoria a la minería a cielo abierto"),
            ("payments for environmental services", "los pagos por servicios ambientales"), ("the jaguar corridor", "el corredor del jaguar"),
            ("illegal fishing", "la pesca ilegal"), ("mercury in artisanal gold mining", "el mercurio en la minería artesanal de oro"),
            ("seed banks", "los bancos de semillas"), ("agrarian credit", "el crédito agrario"),
        ],
    },
    Theme {
        topics: &[("Elections", "Elecciones"), ("Freedom of the press", "Libertad de prensa"), ("Access to information", "Acceso a la información"), ("Indigenous rights", "Derechos indígenas"), ("Local government", "Gobierno local")],
        objects: &[
            ("the protection of journalists", "la protección de periodistas"), ("prior consultation of indigenous peoples", "la consulta previa a los pueblos indígenas"),
            ("the electoral register", "el padrón electoral"), ("access to public archives", "el acceso a los archivos públicos"),
            ("voting from abroad", "el voto en el exterior"), ("campaign finance reports", "los informes de financiación de campañas"),
            ("open data portals", "los portales de datos abiertos"), ("citizen observatories", "los observatorios ciudadanos"),
            ("municipal autonomy", "la autonomía municipal"), ("parity in electoral lists", "la paridad en las listas electorales"),
        ],
    },
    Theme {
        topics: &[("Trade", "Comercio"), ("Digital services", "Servicios digitales"), ("Energy access", "Acceso a la energía"), ("Humanitarian aid", "Ayuda humanitaria"), ("Science", "Ciencia")],
        objects: &[
            ("customs procedures at land crossings", "los trámites aduaneros en pasos terrestres"), ("electricity in remote villages", "la electricidad en aldeas remotas"),
            ("broadband along the corridor", "la banda ancha a lo largo del corredor"), ("emergency food aid", "la ayuda alimentaria de emergencia"),
            ("research on tropical diseases", "la investigación de enfermedades tropicales"), ("digital identity cards", "las cédulas de identidad digitales"),
            ("remittance fees", "las comisiones por remesas"), ("the regional power grid", "la interconexión eléctrica regional"),
            ("contributions to the relief fund", "las contribuciones al fondo de socorro"), ("export permits for small producers", "los permisos de exportación para pequeños productores"),
        ],
    },
];

/// What is promised to be done.
#[rustfmt::skip]
pub(super) const VERBS: &[Both] = &[
    ("expand", "ampliar"), ("fund", "financiar"), ("reform", "reformar"), ("double", "duplicar"), ("guarantee", "garantizar"),
    ("strengthen", "fortalecer"), ("improve", "mejorar"), ("halve", "reducir a la mitad"), ("publish figures on", "publicar cifras sobre"),
    ("review", "revisar"), ("modernize", "modernizar"), ("extend", "extender"), ("launch a plan for", "lanzar un plan para"),
    ("legislate on", "legislar sobre"), ("set targets for", "fijar metas para"), ("monitor", "monitorear"), ("decentralize", "descentralizar"),
    ("simplify", "simplificar"), ("prioritize", "priorizar"), ("coordinate", "coordinar"), ("accelerate", "acelerar"),
    ("protect", "proteger"), ("restore", "restablecer"), ("evaluate", "evaluar"),
];

/// How, with whom, for whom.
#[rustfmt::skip]
pub(super) const QUALIFIERS: &[Both] = &[
    ("with support from civil society", "con apoyo de la sociedad civil"), ("in coordination with municipalities", "en coordinación con los municipios"),
    ("without raising taxes", "sin subir impuestos"), ("under international observation", "bajo observación internacional"),
    ("for the most vulnerable families", "para las familias más vulnerables"), ("in line with the recommendations of the commission", "según las recomendaciones de la comisión"),
    ("together with neighbouring countries", "junto con los países vecinos"), ("through a trust fund", "mediante un fideicomiso"),
    ("with a gender perspective", "con perspectiva de género"), ("before the next election", "antes de las próximas elecciones"),
    ("subject to approval by parliament", "sujeto a la aprobación del congreso"), ("with technical assistance from the bank", "con asistencia técnica del banco"),
    ("in rural and urban areas alike", "tanto en zonas rurales como urbanas"), ("as agreed at the summit", "conforme a lo acordado en la cumbre"),
    ("over the next three years", "durante los próximos tres años"), ("by means of an executive decree", "por medio de un decreto ejecutivo"),
    ("with annual progress reports", "con informes anuales de avance"), ("despite the state of emergency", "pese al estado de excepción"),
    ("in indigenous territories", "en territorios indígenas"), ("with loans from development banks", "con préstamos de la banca de desarrollo"),
];

/// Known places, besides those made of [`SYLLABLES`].
pub(super) const PLACES: &[&str] = &[
    "Alta Verapaz",
    "Yucatán",
    "Chiapas",
    "Petén",
    "Medellín",
    "Córdoba",
    "Asunción",
    "Bogotá",
    "Panamá Oeste",
    "Tegucigalpa",
    "Cajamarca",
    "Potosí",
    "Maracaibo",
    "Sonora",
    "Michoacán",
    "Quetzaltenango",
    "Ñuble",
    "Güines",
    "Ucayali",
    "Darién",
    "Santa Cruz",
    "Los Ríos",
    "El Alto",
    "San Pedro Sula",
    "Nuevo León",
    "Tarapacá",
    "Mérida",
    "Chocó",
    "Loreto",
    "Usulután",
];

/// What rare place names are made of.
pub(super) const SYLLABLES: &[&str] = &[
    "chi", "qui", "ma", "la", "ta", "po", "zu", "hua", "ca", "ten", "go", "pán", "tlán", "yo", "ñe", "mo", "ri", "te", "nan",
    "go", "lé", "sú", "cu", "ro", "ba", "jí", "gua", "per", "li", "xó", "ve", "nor", "pa", "tzi", "mú", "que", "al", "or", "íz",
    "en",
];

/// What became of it, by whom it was told.
#[rustfmt::skip]
pub(super) const TELLERS: &[Both] = &[
    ("The ministry", "El ministerio"), ("The president’s office", "La presidencia"), ("An annual report", "Un informe anual"), ("The official gazette", "El diario oficial"),
    ("A spokesperson", "Una portavoz"), ("The ombudsman", "La defensoría del pueblo"), ("The comptroller", "La contraloría"), ("A coalition of organizations", "Una coalición de organizaciones"),
    ("The joint communiqué", "El comunicado conjunto"), ("The budget law", "La ley de presupuesto"), ("The press", "La prensa"), ("A parliamentary committee", "Una comisión parlamentaria"),
];

/// What is said of it where it goes on.
#[rustfmt::skip]
pub(super) const GOOD_NEWS: &[Both] = &[
    ("confirmed that work has begun on", "confirmó que comenzaron los trabajos sobre"), ("announced additional funds for", "anunció fondos adicionales para"),
    ("reported progress on", "reportó avances en"), ("signed an agreement on", "firmó un acuerdo sobre"), ("inaugurated the first stage of", "inauguró la primera etapa para"),
    ("published the regulation on", "publicó el reglamento sobre"), ("approved the final stage of", "aprobó la etapa final para"), ("presented results on", "presentó resultados sobre"),
];

/// What is said of it where it does not.
#[rustfmt::skip]
pub(super) const BAD_NEWS: &[Both] = &[
    ("made no mention of", "no hizo mención de"), ("postponed the decision on", "pospuso la decisión sobre"), ("cut the allocation for", "recortó la asignación para"),
    ("warned of delays in", "advirtió de retrasos en"), ("suspended the tender for", "suspendió la licitación para"), ("questioned the figures on", "cuestionó las cifras sobre"),
    ("gave no figures on", "no dio cifras sobre"), ("shelved the bill on", "archivó el proyecto de ley sobre"),
];

/// Where was looked.
#[rustfmt::skip]
pub(super) const LOOKED: &[Both] = &[
    ("the official gazette", "el diario oficial"), ("the ministry’s website", "el sitio web del ministerio"), ("the budget execution reports", "los informes de ejecución presupuestaria"),
    ("the press archives", "los archivos de prensa"), ("the procurement portal", "el portal de compras públicas"), ("the minutes of parliament", "las actas del congreso"),
    ("requests under the information law", "solicitudes de acceso a la información"), ("the reports of international bodies", "los informes de organismos internacionales"),
];

/// Why a change was corrected.
#[rustfmt::skip]
pub(super) const MISTAKES: &[Both] = &[
    ("The date was that of the publication, not of the event.", "La fecha era la de la publicación, no la del hecho."),
    ("The source speaks of another programme.", "La fuente habla de otro programa."),
    ("The figure was corrected by the ministry a week later.", "El ministerio corrigió la cifra una semana después."),
    ("The translation had reversed the meaning.", "La traducción había invertido el sentido."),
    ("The status was read off a draft that was never signed.", "El estado se tomó de un borrador que nunca se firmó."),
];

/// Why the record departs from what the parties' statuses amount to.
#[rustfmt::skip]
pub(super) const OVERRIDES: &[Both] = &[
    ("The parties report only their own share; the whole rests on the treaty, which is in force.", "Las partes informan solo de su propia cuota; el conjunto depende del tratado, que está vigente."),
    ("The lead party spoke for all at the follow-up meeting.", "La parte que lidera habló en nombre de todas en la reunión de seguimiento."),
    ("The joint secretariat published an assessment of the whole.", "La secretaría conjunta publicó una evaluación del conjunto."),
];

/// When something is due where no date is named.
#[rustfmt::skip]
pub(super) const SOME_DAY: &[Both] = &[
    ("in the near future", "en un futuro próximo"), ("as soon as possible", "lo antes posible"), ("in the medium term", "a mediano plazo"),
    ("within the current term", "dentro del actual mandato"), ("without delay", "sin demora"), ("in due course", "a su debido tiempo"),
];

/// Of what an amount is.
#[rustfmt::skip]
pub(super) const UNITS: &[Both] = &[
    ("US dollars", "dólares estadounidenses"), ("people", "personas"), ("places", "cupos"), ("hectares", "hectáreas"), ("schools", "escuelas"),
    ("jobs", "empleos"), ("percent", "por ciento"), ("megawatts", "megavatios"), ("kilometres", "kilómetros"), ("visas", "visas"),
];

/// Countries with their codes (ISO 3166-1 alpha-2).
#[rustfmt::skip]
pub(super) const COUNTRIES: &[(&str, &str, &str)] = &[
    ("MX", "Mexico", "México"), ("US", "United States", "Estados Unidos"), ("GT", "Guatemala", "Guatemala"), ("CO", "Colombia", "Colombia"), ("BR", "Brazil", "Brasil"),
    ("AR", "Argentina", "Argentina"), ("CL", "Chile", "Chile"), ("PE", "Peru", "Perú"), ("EC", "Ecuador", "Ecuador"), ("PA", "Panama", "Panamá"),
    ("HN", "Honduras", "Honduras"), ("SV", "El Salvador", "El Salvador"), ("CR", "Costa Rica", "Costa Rica"), ("CA", "Canada", "Canadá"), ("DO", "Dominican Republic", "República Dominicana"),
    ("ES", "Spain", "España"), ("BO", "Bolivia", "Bolivia"), ("PY", "Paraguay", "Paraguay"), ("UY", "Uruguay", "Uruguay"), ("HT", "Haiti", "Haití"),
    ("BZ", "Belize", "Belice"), ("JM", "Jamaica", "Jamaica"), ("BB", "Barbados", "Barbados"), ("GY", "Guyana", "Guyana"), ("SR", "Suriname", "Surinam"),
    ("CU", "Cuba", "Cuba"), ("NI", "Nicaragua", "Nicaragua"), ("VE", "Venezuela", "Venezuela"), ("TT", "Trinidad and Tobago", "Trinidad y Tobago"), ("BS", "Bahamas", "Bahamas"),
];

/// Bodies of a government.
#[rustfmt::skip]
pub(super) const BODIES: &[Both] = &[
    ("Ministry of the Interior", "Ministerio del Interior"), ("Ministry of Health", "Ministerio de Salud"), ("Ministry of Education", "Ministerio de Educación"),
    ("Ministry of the Environment", "Ministerio de Ambiente"), ("Treasury", "Hacienda"), ("Migration Institute", "Instituto de Migración"), ("Water Authority", "Autoridad del Agua"),
];

/// Organizations, each with a region of its own.
#[rustfmt::skip]
pub(super) const ORGANIZATIONS: &[Both] = &[
    ("Development Bank", "Banco de Desarrollo"), ("Municipal Federation", "Federación de Municipios"), ("Climate Alliance", "Alianza por el Clima"),
    ("Workers’ Confederation", "Confederación de Trabajadores"), ("Health Organization", "Organización de la Salud"), ("Council of Indigenous Peoples", "Consejo de Pueblos Indígenas"),
];

/// Kinds of meeting.
#[rustfmt::skip]
pub(super) const OCCASIONS: &[Both] = &[
    ("Ministerial meeting", "Reunión ministerial"), ("Summit", "Cumbre"), ("Donor conference", "Conferencia de donantes"), ("State of the nation address", "Discurso sobre el estado de la nación"),
    ("Joint declaration", "Declaración conjunta"), ("Regional forum", "Foro regional"), ("Bilateral commission", "Comisión bilateral"), ("Budget debate", "Debate presupuestario"),
];

/// Publishers by what they are, each with places of their own.
pub(super) const PUBLISHERS: &[(&str, &str, domain::SourceKind)] = &[
    ("Diario", "es", domain::SourceKind::News),
    ("Gaceta Oficial de", "es", domain::SourceKind::Official),
    ("The Herald of", "en", domain::SourceKind::News),
    ("Observatorio Ciudadano de", "es", domain::SourceKind::Ngo),
    ("Press Office of", "en", domain::SourceKind::Official),
    ("Agência de Notícias de", "pt-BR", domain::SourceKind::News),
    ("Statistics Office of", "en", domain::SourceKind::Dataset),
    ("Colección de Tratados de", "es", domain::SourceKind::Treaty),
];

/// Given names of people.
pub(super) const GIVEN: &[&str] =
    &["María", "José", "Ana", "Luis", "Carmen", "Andrés", "Sofía", "Iván", "Lucía", "Óscar", "Grace", "Samuel"];

/// Family names of people.
pub(super) const FAMILY: &[&str] =
    &["Núñez", "Pérez", "Quispe", "Ibáñez", "Soto", "Güell", "Chávez", "Morales", "Xol", "Baker", "Muñoz"];
