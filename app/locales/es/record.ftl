# The log of the record: its pages, and what the foot of every page says of it.
footer-rests-on = Esta página se apoya en la
footer-entry = entrada { $index } del registro
record-title = El registro
record-lede = Todo lo que se publica aquí es una entrada de una bitácora a la que solo se añade. Nada de ella puede cambiarse ni quitarse sin que se note.
record-entry = Entrada { $index }
record-head = Su cabeza
record-size = Entradas
record-recorded = Registrado
record-root = Raíz de todas las entradas
record-leaf = Hoja en el árbol
record-checkpoint = Punto de control
record-checkpoint-text = La cabeza, firmada. Guárdelo: quien tiene uno anterior puede probar que nada de lo que había antes ha cambiado desde entonces.
record-key = Clave de verificación
record-key-text = Con ella se comprueban las firmas. Compárela con una obtenida en otro lugar, o con la que tenía la última vez.
record-verify = Verificarlo
record-verify-whole = Descargue la bitácora entera y su punto de control, y compruebe cada entrada, el árbol que las une y la firma:
record-verify-later = Guarde el punto de control. La próxima vez, dé el antiguo a la misma orden: mostrará además que la bitácora sigue empezando como empezaba.
record-verify-entry = O compruebe una sola entrada con herramientas corrientes: una línea del archivo, tras un byte cero, da su hoja, y la prueba lleva de ahí a la raíz.
record-verify-formats = Los formatos son normas públicas: JSON canónico (RFC 8785), árbol de Merkle (RFC 6962), punto de control y nota firmada (C2SP). Entradas y pruebas por dirección:
record-newest = Entradas más recientes
record-empty = Todavía no se ha publicado nada.
record-says = Qué dice
record-says-added = añadido
record-says-edited = editado, con lo que decía antes y el porqué
record-says-renamed = con otro nombre
record-says-checked = comprobado, sin novedad
record-says-removed = retirado del registro, con un aviso en su lugar
record-says-unreviewed = publicado sin una segunda revisión:
record-says-snapshot = Se guardó una copia de esta fuente:
record-says-genesis =
    { $n ->
        [one] Un compromiso, tal como estaba cuando empezó la bitácora.
       *[other] { $n } compromisos, tal como estaban cuando empezó la bitácora.
    }
record-says-pledges =
    { $n ->
        [one] un compromiso
       *[other] { $n } compromisos
    }
record-says-more =
    { $n ->
        [one] y un compromiso más
       *[other] y { $n } compromisos más
    }
record-as-recorded = Tal como se registró
record-as-json = La entrada en JSON
record-proof = Prueba de que está en la bitácora
record-neighbours = Entradas anterior y siguiente
data-log = La bitácora de todo lo publicado, una entrada por línea, para verificarla sin conexión:
record-says-archive = dónde lo conserva un archivo
