# Originales y traducciones, y cómo se acotan los pendientes.
translation-from = Traducción del { $language }
translation-outdated = Desactualizada
translation-changed = el original cambió el
translation-lags = Estas traducciones van por detrás de sus originales, y así se advierte a quien las lee. Póngalas al día o diga abajo que siguen siendo correctas.
translation-lags-here = Sus traducciones desactualizadas:
translation-since = el original cambió el { $date }
translation-see = Ver qué cambió
translation-queue = Traducciones por poner al día
translation-is-original = original
translation-is-translation = traducción
form-original-title = Original del título
form-original-summary = Original del resumen
form-original-wording = Original de la redacción
form-original-none = Sin indicar
form-original-en = El inglés; el español es una traducción
form-original-es = El español; el inglés es una traducción
form-original-both = Los dos, cada uno escrito por sí mismo
form-still-right-title = La traducción del título sigue siendo correcta, aunque haya cambiado el original
form-still-right-summary = La traducción del resumen sigue siendo correcta, aunque haya cambiado el original
form-still-right-wording = La traducción de la redacción sigue siendo correcta, aunque haya cambiado el original
review-lagging = Cuando se publique, se advertirá a quien lea que estas traducciones van por detrás de sus originales:
review-still-right = Se da por correcta, aunque cambió el original:
queue-narrow = Acotar las listas
queue-lists = Listas de pendientes
queue-words = Palabras del título del borrador
queue-kind = Tipo de borrador
queue-any-kind = Cualquiera
queue-author = Empezado por
queue-any-author = Cualquier persona
queue-days = Días sin revisar
queue-nothing-asked = Nada de lo pendiente es lo que pide.
queue-more = Se muestran { $shown } de { $total }. Acote las listas para ver los demás.
column-title-original = En qué idioma se escribió el título: en, es, o both si cada uno se escribió por sí mismo; el otro es una traducción. Vacío si nadie lo ha dicho.
column-summary-original = Lo mismo del resumen.
column-wording-original = Lo mismo de la redacción.
column-outdated-translations = Los textos cuya traducción va por detrás del original, separados por |.
queue-unchecked = { $n ->
    [one] Sin revisar desde hace { $n } día
   *[other] Sin revisar desde hace { $n } días
}
