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
sort-relevance = Mejor coincidencia primero
sort-newest = Más recientes primero
sort-oldest = Más antiguos primero
sort-due = Por vencimiento
sort-changed = Últimos cambios primero
pages = Páginas
page-of = Página { $page } de { $pages }
page-before = ← Página anterior
page-after = Página siguiente →

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
pledge-not-made-yet = En esa fecha el compromiso aún no se había asumido. Se asumió en esta fecha: { $date }.
pledge-sources = Dónde más consta el compromiso
pledge-in-record-since = En este registro desde:
pledge-made-at = Asumido en
pledge-made-on = Fecha
pledge-due = Vence
pledge-no-due-date = No se fijó fecha
pledge-quantity = Cantidad
pledge-cite = Cómo citarlo
pledge-citation = Pledgebook, «{ $title }», a fecha de { $date }.
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
step-corrected = Esta entrada fue corregida.
step-see-correction = Ver la corrección
step-see-corrected = Ver lo que reemplaza
step-of-party = { $party }:
step-override = Por qué el estado difiere del de las partes
step-searched = Se buscó y no se halló nada
step-recorded = Registrado:

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

## Cambios
changes-lede = Lo que este registro ha ido diciendo, de lo último a lo primero.
changes-recorded-on = Registrado:
changes-none = Hasta entonces no se había registrado nada.

## Otra fecha
as-of-label = Tal como estaba el
as-of-show = Mostrar ese día
notice-as-of = Así estaban las cosas el { $date }, según lo que hoy se sabe.
notice-known-at = Esto decía el registro el { $known }.
notice-as-of-known-at = Así estaban las cosas el { $date }, según decía el registro el { $known }.
notice-now = Ver cómo está ahora

## El registro en otro momento
known-at-summary = Lo que decía el registro en otro momento
known-at-hint = El registro guarda todo lo que ha ido diciendo, de modo que puede leerse como cualquiera podía leerlo entonces. Las horas son UTC.
known-at-label = Leerlo tal como estaba el
known-at-show = Ir a ese momento

## Dos momentos de un compromiso
compare-title = Lo que decía el registro, antes y después
compare-title-of = Antes y después: { $title }
compare-lede = El mismo compromiso según el registro en dos momentos. Están señaladas las palabras que solo figuran en uno de ellos.
compare-earlier = Comparar con un momento anterior
compare-last = Lo que cambió la última publicación
compare-back = Volver al compromiso
compare-from = Según el registro el
compare-to = Y el
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
unavailable-title = El registro no se puede leer en este momento
unavailable-text = No se ha perdido nada. Vuelva a intentarlo en un minuto.

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
