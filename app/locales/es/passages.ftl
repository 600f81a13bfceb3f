# Passages: quotes where they stand, and what a text says that may be a pledge.
read-it-there = Leerlo allí
read-it-in-copy = En la copia conservada
read-it-in-copy-on-page = En la copia conservada, página { $n }
article-title = A partir de un artículo
article-lede = Pegue el texto de un artículo o de un comunicado. Las oraciones que parecen compromisos se resaltan, con quién y para cuándo, y un clic convierte cada una en borrador. El texto no sale de este servidor.
article-text = Texto
article-text-hint = Completo, tal como se copió; 200.000 caracteres como máximo.
article-source = Dónde se publicó
article-source-hint = Pasa a cada borrador. Lo que aún no se sepa puede añadirse allí.
article-published-hint = Desde ella se cuenta «el próximo año»: 2024-02-28, o con la precisión que se conozca.
article-language-hint = Si queda vacío, se deduce del texto.
article-read = Buscar compromisos
article-change = Cambiar el texto o su fuente
article-marked = { $n ->
    [0] Ninguna oración parece un compromiso
    [one] { $n } oración parece un compromiso
   *[other] { $n } oraciones parecen compromisos
}
article-marked-list = Oraciones que parecen compromisos
article-errs = Es una primera ayuda y se equivoca: pasa por alto algunas y resalta otras que no lo son. Puede marcarse cualquier oración.
article-unread = Los compromisos solo se reconocen en inglés y en español. Marque las oraciones que formen uno.
article-undated = Sin la fecha de publicación, expresiones como «el próximo año» se quedan en palabras.
article-sentence = Oraciones
article-draft = Crear borrador
article-draft-this = Crear un borrador de «{ $sentence }»
article-draft-ticked = Crear un borrador con las oraciones marcadas
article-draft-quote = Crear un borrador con esta cita
article-drafted = Se creó un borrador con lo que dice el texto. Revíselo y complete lo que falte.
article-nobody = nadie que conste en el registro
article-no-date = sin fecha
article-by-when = Para cuándo
article-quote = Una cita que ya se tiene
article-quote-hint = Se busca en el texto, sean cuales sean sus comillas, guiones y saltos de línea.
article-look = Buscarla
quote-found = El texto la contiene, palabra por palabra.
quote-found-on-page = La copia la contiene, palabra por palabra, en la página { $page }.
quote-found-but-for-case = El texto la contiene, pero con otras mayúsculas.
quote-places = { $n ->
    [one] Aparece en { $n } lugar.
   *[other] Aparece en { $n } lugares; este es el primero.
}
quote-differs = El texto no la contiene palabra por palabra.
quote-alike = Este pasaje es el que más se le parece ({ $share } % de las palabras).
quote-in-text = En el texto
quote-as-typed = Tal como se escribió
quote-nowhere = El texto no contiene nada parecido.
quote-no-copy = Aún no se conserva ninguna copia de la fuente, así que la cita no pudo compararse con ella.
quote-no-text = Se conserva una copia, pero no tiene texto con el que comparar la cita.
quote-copy-of = La copia del { $time }
passage-find = Buscar compromisos en esta copia
passage-title = Elegir el pasaje
passage-pick = Elegir el pasaje en la copia
passage-lede = El texto de { $url } tal como se conservó el { $time }.
passage-hint = Marque las oraciones que forman la cita, o escriba una parte de alguna más abajo. El resto del borrador queda como está.
passage-parts = Partes del texto
passage-parts-hint = El texto es largo y se muestra por partes. Una cita se busca en todas.
passage-take = Tomar esta oración
passage-take-this = Tomar esta oración como cita: «{ $sentence }»
passage-take-ticked = Tomar las oraciones marcadas como cita
passage-take-quote = Tomar esta cita
passage-taken = El borrador tiene el pasaje, tal como está en la copia.
passage-not-taken = No se tomó el pasaje: otra persona acaba de guardar este borrador. Elíjalo de nuevo.
