### Los textos del sitio en español. Las claves son las mismas en todos los idiomas; una prueba lo comprueba.

## El marco
skip = Ir al contenido
site-sections = Secciones
languages = Idiomas
breadcrumb = Dónde está esta página
pledges = Compromisos
parties = Partes
meetings = Reuniones
topics = Temas
changes = Cambios
method = Método
footer-licence = Datos abiertos con licencia
footer-method = Cómo se evalúan los compromisos:
only-in-other-language = (solo en inglés)
facts = Datos

## Fechas y números
date-day = { $day } de { $month } de { $year }
date-month = { $month } de { $year }
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
month-short-1 = ene
month-short-2 = feb
month-short-3 = mar
month-short-4 = abr
month-short-5 = may
month-short-6 = jun
month-short-7 = jul
month-short-8 = ago
month-short-9 = sep
month-short-10 = oct
month-short-11 = nov
month-short-12 = dic
today = hoy
ago = hace { $time }
days = { $n ->
    [one] { $n } día
   *[other] { $n } días
}
months = { $n ->
    [one] { $n } mes
   *[other] { $n } meses
}
years = { $n ->
    [one] { $n } año
   *[other] { $n } años
}

## Estados
status-not-assessed = Sin evaluar
status-announced = Anunciado
status-no-action-found = Sin acciones halladas
status-in-progress = En curso
status-partly-fulfilled = Cumplido en parte
status-fulfilled = Cumplido
status-stalled = Estancado
status-not-fulfilled = Incumplido
status-superseded = Reemplazado
status-withdrawn = Retirado
status-not-assessable = No evaluable
status-meaning-not-assessed = Nadie lo ha examinado todavía.
status-meaning-announced = Se asumió; no se sabe nada más.
status-meaning-no-action-found = Se buscaron acciones y no se halló ninguna. Eso no prueba que no las haya habido.
status-meaning-in-progress = Se está haciendo algo y aún no ha terminado.
status-meaning-partly-fulfilled = Se hizo una parte de lo prometido.
status-meaning-fulfilled = Se hizo lo prometido.
status-meaning-stalled = Se empezó o se planeó, y se ha detenido.
status-meaning-not-fulfilled = No se hizo, y ya no puede hacerse como se prometió.
status-meaning-superseded = Otro compromiso ocupó su lugar.
status-meaning-withdrawn = Quienes lo asumieron lo abandonaron.
status-meaning-not-assessable = Su redacción es demasiado vaga para saber si se cumplió.
status-late = { $status }, con { $by } de retraso
status-late-at-least = { $status }, con al menos { $by } de retraso
status-on-time = { $status } a tiempo
overdue = Vencidos
overdue-by = vencido hace { $time }
due-soon = vence pronto
due = vence:
made = asumido:
confidence-high = confianza alta
confidence-medium = confianza media
confidence-low = confianza baja

## La franja
strip-from = { $status } desde { $date }
strip-label = Historia del estado: { $history }
strip-due = vence: { $date }

## Recuentos
source-count = { $n ->
    [one] { $n } fuente
   *[other] { $n } fuentes
}
pledge-count = { $n ->
    [one] { $n } compromiso
   *[other] { $n } compromisos
}
found-count = { $n ->
    [0] Ningún compromiso coincide
    [one] { $n } compromiso coincide
   *[other] { $n } compromisos coinciden
}
more-parties = { $n ->
    [one] { $n } más
   *[other] { $n } más
}

## Listas
list-title = Lo que se prometió y en qué quedó
list-lede = Cada compromiso lleva aquí su fuente, y cada cambio de estado, sus pruebas. Ningún paso de su historia se reescribe jamás.
no-pledges = Ningún compromiso coincide. Con menos palabras u otro filtro puede haber más.
filter-words = Buscar
filter-words-hint = célula operativa, visas, Guatemala…
filter-search = Buscar
filter-show = Mostrar
filter-clear = Quitar filtros
filter-status = Estado
filter-party = Parte
filter-topic = Tema
filter-meeting = Reunión
filter-sort = Orden
any-status = Cualquier estado
any-party = Cualquier parte
any-topic = Cualquier tema
any-meeting = Cualquier reunión
filter-timeliness = Puntualidad
filter-role = Papel
filter-due = Vence
filter-source-language = Idioma de una fuente
filter-changed-since = Con cambios desde
filter-more = Más filtros
filter-most = Los { $count } con más compromisos; ver todo
filter-chosen = Filtros en uso
filter-remove = Quitar el filtro { $filter }
any-timeliness = Cualquier puntualidad
any-role = Cualquier papel
any-due = Cualquier fecha
any-source-language = Cualquier idioma
no-due-date = Sin fecha
timeliness-not-due = Aún no vence
timeliness-due-soon = Vence pronto
timeliness-overdue = Vencido
timeliness-on-time = A tiempo
timeliness-late = Con retraso
change-count = { $n ->
    [0] Ningún cambio coincide
    [one] { $n } cambio
   *[other] { $n } cambios
}
sort-relevance = Mejor coincidencia primero
sort-newest = Más recientes primero
sort-oldest = Más antiguos primero
sort-due = Por vencimiento
sort-changed = Últimos cambios primero
pages = Páginas
page-of = Página { $page } de { $pages }
page-before = ← Página anterior
page-after = Página siguiente →

## A lo largo del tiempo, y lado a lado
over-time-title = Los estados a lo largo del tiempo
over-time-caption = Cuántos compromisos tenían cada estado
over-time-line = A lo largo del tiempo
over-time-last = El último día
over-time-numbers = Ver los números
over-time-day = Día
scorecard-title = Balance por parte
scorecard-lede = Qué fue de los compromisos que cada parte hizo, dirige u hospeda. Un compromiso de varias partes cuenta para cada una. Los recuentos dicen cuántas veces, no cuánto.
deadlines = Vencimientos
deadlines-lede = Qué vence cuándo, con la precisión que dieron quienes lo prometieron.
deadlines-years = Años
deadlines-none = Nada de lo que se pide vence en este tiempo.
deadlines-nearest = Nada de lo que se pide vence en { $year }; estos son los vencimientos de { $shown }.
deadlines-sometime = En algún momento de { $year }

## La portada
home-title = Lo que prometieron los gobiernos y en qué quedó
home-lede = Un registro público de compromisos y de su estado a lo largo del tiempo. Cada afirmación lleva a su fuente.
home-changed = Últimos cambios
home-all-changes = Todos los cambios
home-overdue = Vencidos
home-all-overdue = Todos los compromisos vencidos

## Partes, reuniones, temas
parties-lede = Países, organismos, organizaciones y personas que asumieron compromisos, participan en ellos o se benefician de ellos.
meetings-lede = Las ocasiones en que se asumieron compromisos, de la más reciente a la más antigua.
topics-lede = De qué tratan los compromisos.
party-parts = Su papel en estos compromisos:
party-description = Los compromisos de { $name }, cada uno con su estado, su historia y sus fuentes.
meeting-description = Los compromisos asumidos en: { $name }, { $place }, { $date }, y en qué quedaron.
topic-description = Compromisos sobre { $name }, y en qué quedaron.
party-kind-country = País
party-kind-government = Organismo de gobierno
party-kind-organization = Organización
party-kind-person = Persona

## Un compromiso
pledge-since = desde:
pledge-how-judged = Cómo se evalúan los compromisos
pledge-checked = última revisión: { $ago }
pledge-checked-stale = última revisión: { $ago }; nadie lo ha revisado desde entonces
pledge-entered = última anotación: { $ago }
pledge-entered-stale = última anotación: { $ago }; nadie ha mirado desde entonces
pledge-not-made-yet = En esa fecha el compromiso aún no se había asumido. Se asumió en esta fecha: { $date }.
pledge-sources = Dónde más consta el compromiso
pledge-in-record-since = En este registro desde:
pledge-made-at = Asumido en
pledge-made-on = Fecha
pledge-due = Vence
pledge-no-due-date = No se fijó fecha
pledge-quantity = Cantidad
pledge-permalink = Enlace permanente
role-lead = A cargo de
role-party = Asumido por
role-party-with = Con
role-host = Anfitrión
role-beneficiary = En favor de
field-title = Cómo se lo llamó
field-wording = En sus palabras
field-due-on = Cuándo vencía
field-party = Quién lo asumió
variants-title = En qué difieren las fuentes
variants-text = La voz de más peso va primero. Está señalada la que sigue el registro.
variant-says = Qué se dice
variant-authority = Quién lo dice
variant-source = Dónde
variant-taken = la que sigue el registro
authority-communique = Declaración conjunta
authority-named-official = Funcionario identificado
authority-anonymous-official = Funcionario no identificado
authority-press = La prensa
stance-contradicts = Lo contradice
stance-context = Como contexto
not-yet-quoted = Aún sin cita
about-this-source = Sobre esta fuente
timeline-title = Cómo cambió su estado
timeline-none = Hasta entonces no se había registrado nada.
correction = Corrección
correction-nothing = nada
step-corrected = Esta entrada fue corregida.
step-see-correction = Ver la corrección
step-see-corrected = Ver lo que reemplaza
step-of-party = { $party }:
step-override = Por qué el estado difiere del de las partes
step-searched = Se buscó y no se halló nada
step-recorded = Registrado:

## Canales, calendarios, citas e inserciones
feed-title = Pledgebook: { $name }
feed-follow = { $name }: cambios como canal (Atom)
feed-of-all = Todos los compromisos
feed-of-these = Estos compromisos
feed-entry = { $title }: { $status }
feed-entry-of-party = { $title }: { $party }: { $status }
feed-rights = Datos abiertos bajo la licencia Creative Commons Atribución 4.0 Internacional (CC BY 4.0).
calendar-title = Pledgebook: plazos, { $name }
calendar-follow = { $name }: plazos como calendario (iCalendar)
calendar-entry = Vence: { $title } ({ $status })
cite-title = Citar esta página
cite-styles = Citas en varios estilos
cite-permalink-text = abre esta página tal como está ahora, diga lo que diga después el registro.
cite-style-plain = Texto simple
cite-style-apa = APA
cite-style-chicago = Chicago
cite-note = { $status }, al { $date }
cite-plain = Pledgebook, «{ $title }», al { $date }, { $url }
cite-apa = Pledgebook. ({ $year }, { $day } de { $month }). { $title } [Registro de un compromiso]. { $url }
cite-chicago = Pledgebook. «{ $title }». Al { $day } de { $month } de { $year }. { $url }.
embed-title = Mostrar este compromiso en otra página
embed-text = Copie este HTML. Muestra siempre el estado actual, sin programas y sin cookies.
embed-preview = Ver cómo queda
embed-sources = Historia y fuentes
dataset-name = Pledgebook: lo que prometieron los gobiernos y en qué quedó
dataset-description = Compromisos de gobiernos y otras partes, cada uno con su redacción, sus fechas, su estado a lo largo del tiempo y las fuentes en que se apoya cada cambio. Los textos están en inglés y en español; las fechas son tan precisas como sus fuentes.
method-rating = Para los programas que comparan valoraciones de varias organizaciones, la página de un compromiso evaluado da además a su estado un lugar del 1 al 5: incumplido 1, estancado 2, en curso 3, cumplido en parte 4, cumplido 5. Donde ningún lugar sería cierto, da solo la palabra.

## Una fuente
source-description = «{ $title }», { $publisher }: lo que en este registro se apoya en ella.
source-open = Abrir la fuente
source-cited-for = Lo que se apoya en ella
source-for-pledge = para el compromiso mismo
source-for-variant = para una redacción: { $field }
source-not-cited-then = En esa fecha nada en el registro se apoyaba aún en ella.
source-publisher = Publicada por
source-published = Fecha de publicación
source-kind = Tipo
source-language = Idioma
source-translation-of = Traducción de
source-translations = Traducciones
source-address = Dirección
source-kind-official = Documento oficial
source-kind-news = Prensa
source-kind-ngo = Sociedad civil
source-kind-treaty = Tratado
source-kind-dataset = Datos
language-en = inglés
language-es = español
language-fr = Francés
language-pt = Portugués

## Cambios
changes-lede = Lo que este registro ha ido diciendo, de lo último a lo primero.
changes-recorded-on = Registrado:
changes-none = Hasta entonces no se había registrado nada.
changes-none-match = Ningún cambio coincide. Otro filtro puede encontrar más.

## Otra fecha
as-of-label = Tal como estaba el
as-of-show = Mostrar ese día
notice-as-of = Así estaban las cosas el { $date }, según lo que hoy se sabe.
notice-known-at = Esto decía el registro el { $known }.
notice-as-of-known-at = Así estaban las cosas el { $date }, según decía el registro el { $known }.
notice-now = Ver cómo está ahora

## Datos abiertos
data-title = Datos abiertos
data-lede = Todo el registro, o cualquier parte de él, para guardarlo y construir sobre él. De uso libre, citando la fuente.
data-download = descargarlos
data-record-title = Pledgebook: lo que prometieron los gobiernos y en qué quedó
data-files = Archivos
data-file = Archivo
data-what = Qué contiene
data-xlsx = Un libro para programas de hojas de cálculo: compromisos, historial, fuentes y partes, cada uno en su hoja; las fechas son fechas y los números, números. Hasta 100 000 compromisos.
data-json = Todo en un solo documento, en el formato en que se carga un registro: puede cargarse en otro sitio sin pérdida.
data-jsonl = Un compromiso por línea, con su historial, sus citas y su estado.
data-package = Qué hay en cada archivo CSV, para programas (paquete de datos Frictionless).
data-table-pledges = Los compromisos, uno por fila, con su estado.
data-table-history = Los cambios de estado, uno por fila.
data-table-variants = Lo que las fuentes dicen de otro modo, una redacción por fila.
data-table-citations = Qué fuente respalda qué compromiso, redacción o cambio, con su cita.
data-table-sources = Las fuentes.
data-table-parties = Las partes.
data-table-meetings = Las reuniones.
data-table-topics = Los temas.
data-narrowed = Los archivos de esta página contienen solo una parte del registro:
data-all = Descargar todo el registro
data-licence = Licencia y cómo citar
data-licence-text = Cualquiera puede copiar, modificar y publicar los datos, con cualquier fin, si nombra la fuente:
data-citation = { $title }. { $site }, CC BY 4.0, en la fecha de la descarga.
data-reading = Cómo leer los archivos CSV
data-package-description = UTF-8, separados por comas, con una fila de encabezado (RFC 4180). Una fecha es tan precisa como su fuente: un año, un mes o un día. Los nombres dentro de una celda van separados por «|»; los de las partes, como papel:nombre. Un texto que una hoja de cálculo podría tomar por fórmula, porque empieza por =, +, -, @ o similares, lleva un apóstrofo delante, y también lo lleva el que empieza por un apóstrofo: quite un apóstrofo del principio del texto y quedará como era. Una celda vacía significa que no se sabe nada.
data-clocks = Filtros y los dos relojes
data-clocks-text = Cada archivo admite los parámetros de la lista de compromisos, además de as_of y known_at: /data/history.csv?party=guatemala&as_of=2024-04-15 contiene lo que había ocurrido hasta ese día. Un archivo contiene el registro tal como estaba al empezar la descarga.
data-columns = Columnas
data-column = Columna
data-meaning = Significado
data-computed = (calculada)
data-elsewhere = Cómo se llaman los estados en otros registros
data-elsewhere-text = Para comparar con otros registros, tres columnas dan el estado con las palabras de los medidores de promesas de PolitiFact, de las etapas de los compromisos del Foro Mundial sobre los Refugiados de ACNUR y de los niveles de cumplimiento del Mecanismo de Revisión Independiente de la Alianza para el Gobierno Abierto. Donde ninguna de sus palabras sería fiel, no hay ninguna.
column-id = Su nombre en las direcciones; no cambia nunca.
column-title = Cómo se llama; si es una fuente, en su propio idioma.
column-summary = Lo que se prometió, en palabras del registro.
column-wording = Lo que se prometió, en palabras de las partes.
column-made-on = Cuándo se hizo.
column-meeting = La reunión en la que se hizo.
column-parties = Quién lo hizo, con quién y para quién: papel:nombre, separados por |.
column-topics = De qué trata, con los nombres separados por |.
column-due-on = Cuándo vence.
column-due-words = Las palabras en lugar de una fecha de vencimiento, cuando la fuente no da ninguna.
column-quantity-value = La cantidad prometida.
column-quantity-unit = De qué.
column-status = El estado.
column-status-effective-on = La fecha que se da al cambio con el que empezó el estado.
column-status-from = El primer día en que el estado regía con certeza.
column-confidence = Qué tan seguro está el registro de ello.
column-timeliness = Cómo está respecto de su vencimiento.
column-days-late = Cuántos días lleva vencido o con cuántos días de retraso se cumplió; al menos esos cuando las fechas son vagas.
column-recorded-at = Cuándo lo dijo el registro.
column-changed-at = Cuándo dijo el registro algo nuevo sobre él por última vez.
column-politifact = El estado en palabras de PolitiFact.
column-unhcr-grf = El estado como etapa de un compromiso del Foro Mundial sobre los Refugiados de ACNUR.
column-ogp = El estado como nivel de cumplimiento de la Alianza para el Gobierno Abierto.
column-page = La dirección de su página.
column-pledge = El compromiso.
column-position = Su lugar en el historial del compromiso, o entre sus variantes, desde 0; 0 para el propio compromiso.
column-party = La parte de cuyo estado se trata; vacía si es el del compromiso.
column-effective-on = Cuándo ocurrió.
column-rationale = Qué ocurrió y por qué este estado.
column-searched = Dónde se buscó sin encontrar nada.
column-override-reason = Por qué el estado difiere del de las partes.
column-replaces = La posición del cambio que corrige.
column-reason = Por qué lo corrige.
column-field = El campo en el que difieren las fuentes.
column-value-on = Lo que dice la fuente, si es una fecha.
column-value = Lo que dice la fuente.
column-taken = Si el registro se guía por ella.
column-claim = Qué se cita: el propio compromiso, una variante o un cambio de estado.
column-number = El lugar entre las citas de lo mismo, desde 0.
column-source = La fuente.
column-quote = El pasaje, palabra por palabra; vacío si nadie lo ha citado todavía.
column-locator = En qué lugar de la fuente está.
column-language = El idioma de la fuente o del pasaje.
column-stance = Qué relación tiene la fuente con lo que respalda.
column-authority = Quién habla en el pasaje.
column-url = Dónde se publicó.
column-publisher = Quién la publicó.
column-published-on = Cuándo se publicó.
column-kind = Qué es.
column-translation-of = La fuente de la que es traducción.
column-archive-url = Dónde la conserva un archivo.
column-name = Cómo se llama.
column-iso = El código de país (ISO 3166-1).
column-held-on = Cuándo se celebró.
column-place = Dónde se celebró.
## El registro en otro momento
known-at-summary = Lo que decía el registro en otro momento
known-at-hint = El registro guarda todo lo que ha ido diciendo, de modo que puede leerse como cualquiera podía leerlo entonces. Las horas son UTC.
known-at-label = Leerlo tal como estaba el

## Dos momentos de un compromiso
compare-title = Lo que decía el registro, antes y después
compare-title-of = Antes y después: { $title }
compare-lede = El mismo compromiso según el registro en dos momentos. Están señaladas las palabras que solo figuran en uno de ellos.
compare-earlier = Comparar con un momento anterior
compare-last = Lo que cambió la última publicación
compare-back = Volver al compromiso
compare-from = Según el registro el (UTC)
compare-to = Y el (UTC)
compare-now = Ahora
compare-before = Antes del { $time }
compare-show = Comparar
compare-what = Qué
compare-then = Antes
compare-later = Después
compare-same = El registro dice lo mismo de este compromiso en ambos momentos.
compare-not-yet = Aún no está en el registro
compare-not-made = Aún no asumido
compare-since = Desde
compare-timeliness = Plazo
compare-not-due = aún no vence
compare-on-time = a tiempo
compare-late = { $by } de retraso
compare-late-at-least = al menos { $by } de retraso
compare-name = Título
compare-summary = Resumen
compare-role-lead = a cargo
compare-role-party = parte
compare-role-host = anfitrión
compare-role-beneficiary = beneficiario
compare-step-added = Paso añadido
compare-step-changed = Paso modificado
compare-step-removed = Paso que ya no figura
compare-kept = { $n ->
    [one] { $n } paso se cuenta igual en ambos momentos.
   *[other] { $n } pasos se cuentan igual en ambos momentos.
}
problem-later-than = no puede ser posterior a { $other }

## Cuando algo va mal
not-found-title = Aquí no hay nada
not-found-text = Puede que la dirección tenga un error, o que lo que estaba aquí tenga otro nombre. Quizá alguno de estos enlaces ayude.
refused-title = No se puede mostrar como se pidió
problem-not-one-of = no se acepta «{ $given }»; se acepta: { $accepted }
problem-not-a-slug = «{ $given }» no nombra nada aquí; se acepta un nombre como los de las direcciones, por ejemplo april-summit
problem-not-a-day = «{ $given }» no es un día; se acepta una fecha como 2024-04-15
problem-not-a-range = «{ $given }» no se acepta; se acepta 2024, 2024-04, 2024-01/2024-06, ../2024, 2025/.. o none
problem-not-a-language = «{ $given }» no es una etiqueta de idioma; se acepta en, es, pt-BR y similares
problem-not-a-timestamp = «{ $given }» no es un momento; se acepta 2024-04-15T12:00:00Z o 2024-04-15
too-often-title = Demasiadas solicitudes
too-often-text = Llegaron tantas solicitudes desde su dirección que esta no se responde. Inténtelo de nuevo en { $n ->
    [one] { $n } segundo
   *[other] { $n } segundos
}.
too-often-all = Todo el registro puede descargarse de una vez:
unavailable-title = El registro no se puede leer en este momento
unavailable-text = No se ha perdido nada. Vuelva a intentarlo en un minuto.
not-writable-title = En este momento no se puede escribir nada
not-writable-text = El disco del servidor está lleno o no admite nada. Lo que ha enviado no se ha guardado: consérvelo y vuelva a intentarlo más tarde. Lo que hay se puede seguir leyendo.

## El método
method-title = Cómo se evalúan los compromisos
method-lede = Qué significa cada estado, qué cuenta como prueba y cómo se expresan las fechas, los retrasos y las correcciones.
method-statuses = Qué significa cada estado
method-meaning = Significado
method-evidence = Pruebas
method-evidence-text = Ningún estado se publica sin al menos una fuente, o sin una nota que diga dónde se buscó sin hallar nada. Junto a cada fuente figura quién habla en ella: una declaración conjunta pesa más que un funcionario identificado; este, más que uno no identificado; y este, más que la prensa en su propia voz. Donde las fuentes difieren, cada redacción se muestra con la suya. La fuente cuyo pasaje nadie ha copiado todavía se señala como «aún sin cita»; las citas nunca se inventan.
method-dates = Fechas
method-dates-text = Una fecha es tan precisa como su fuente: un día, un mes, un año, o palabras como «en el futuro cercano». Nunca se inventa un día. Un cambio del que solo se sabe que ocurrió en 2025 cuenta desde el final de ese año, o desde el día en que se registró si fue antes; hasta entonces la franja lo muestra como incierto.
method-timeliness = A tiempo, con retraso, vencido
method-timeliness-text = Siempre se calcula; nunca se escribe a mano. Un compromiso que vence en abril de 2024 está en plazo hasta el 30 de abril y vencido desde el 1 de mayo. El retraso son los días entre el último día de plazo y el día en que se cumplió. Donde las fechas son demasiado vagas, no se dice nada.
method-clocks = Dos relojes
method-clocks-text = El registro guarda cuándo ocurrió algo y cuándo lo dijo el registro. Cualquier página puede verse tal como estaban las cosas otro día, con el campo de fecha al pie o añadiendo ?as_of=2024-04-15 a su dirección; ?known_at= muestra lo que decía el registro en un momento dado.
method-joint = Compromisos conjuntos
method-joint-text = Cuando las partes de un compromiso tienen estados propios, el del compromiso se deriva de ellos. Un editor puede apartarse de esa regla, con una razón que se muestra.
method-joint-1 = Las partes que se retiraron, o cuya parte fue reemplazada, dejan de contar, salvo que sean todas.
method-joint-2 = Tampoco cuentan las partes sin evaluar o no evaluables, salvo que lo sean todas las que quedan.
method-joint-3 = Si todas las que quedan coinciden, ese es el estado.
method-joint-4 = Si alguna cumplió su parte, entera o parcialmente, el compromiso está cumplido en parte.
method-joint-5 = En los demás casos es el primero de estos que tenga alguna parte: en curso, estancado, incumplido, anunciado, sin acciones halladas.
method-strip = La franja
method-strip-text = La vida entera de un compromiso es una línea, desde el día en que se asumió hasta el día desde el que se mira. Cuanto más ha avanzado, más gruesa es la línea; donde se estancó o fracasó, la línea se rompe. La marca vertical es el final del día en que vencía.
method-corrections = Correcciones
method-corrections-text = Un cambio de estado publicado y sus pruebas nunca se editan ni se borran; la base de datos lo impide. Un error se corrige con una entrada nueva que nombra la anterior y dice por qué. Ambas quedan a la vista.
method-review = Quién revisa
method-review-text = La organización que lleva este registro decide qué se publica en él. Quienes trabajan en él aparecen como la organización, nunca con su nombre.

## La API
footer-api = Para otros programas:
api-title = El registro para otros programas
api-lede = Todo lo que aquí es público se puede leer como JSON, sin clave, desde cualquier programa o página.
api-description = Una descripción para programas, en la forma de OpenAPI 3.1:
api-moments = Dos relojes
api-moments-text = Toda respuesta es de un momento. `as_of` pregunta qué era cierto un día; `known_at`, qué decía el registro en un momento. Cada respuesta nombra ambos; enviados de vuelta juntos piden otra vez la misma respuesta, diga lo que diga el registro desde entonces.
api-paging = Listas largas
api-paging-text = Una lista larga llega en trozos de como mucho `limit` elementos. El campo `next` y la cabecera `Link` dicen dónde está el siguiente; al final no hay ninguno. Un cursor no significa nada por sí mismo y vale para la consulta con la que llegó.
api-caching = Preguntar de nuevo
api-caching-text = Cada respuesta lleva un `ETag` y, en cuanto hay algo publicado, un `Last-Modified`. Quien los envía de vuelta como `If-None-Match` o `If-Modified-Since` recibe 304 sin cuerpo mientras nada haya cambiado. Un compromiso vence sin que se publique nada; por eso una respuesta que depende de hoy es nueva cada día (UTC).
api-errors = Cuando algo va mal
api-errors-text = Los problemas se cuentan como dice la RFC 9457, como `application/problem+json`. También se rechaza un parámetro desconocido, repetido o vacío, para que a un filtro mal escrito nunca se le responda con todo.
api-operations = Qué se puede pedir
api-parameters = Parámetros
api-name = Nombre
api-type = Tipo
api-needed = (obligatorio)
api-accepted = se aceptan
api-usual = si se omite
api-example = Ejemplo
api-answers-with = Responde con
api-answer = La respuesta
api-answer-of = La respuesta al ejemplo de { $path }
api-schemas = De qué se componen las respuestas
api-schemas-text = Un campo que no tiene nada que decir está presente y es `null`. Un texto tiene las dos lenguas, `null` donde el registro solo lo tiene en la otra. Las direcciones en las respuestas nombran la cosa, no el momento.
