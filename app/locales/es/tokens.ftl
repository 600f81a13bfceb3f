# Tokens, by which programs act in somebody's name.
tokens-title = Claves de API
tokens-lede = Con una clave de API, un programa propio hace en la redacción lo que puede hacer quien la creó, y en su nombre.
tokens-how = Cómo escriben los programas
tokens-account = También los programas propios pueden escribir en la redacción, cada uno con su clave de API.
tokens-own = Claves propias
tokens-none = No hay ninguna que valga.
tokens-ended = { $n ->
    [one] { $n } que ya no vale
   *[other] { $n } que ya no valen
}
tokens-others = Claves de otras personas
tokens-others-text = Quien pierde el acceso, o usa un enlace para una contraseña nueva, pierde con ello sus claves.
token-new = Una clave nueva
token-name = Para qué es
token-name-hint = Palabras para reconocerla después: «Vigila el diario oficial».
token-scopes = Para qué vale
token-scopes-hint = Nunca para más de lo que el papel permita en el momento de usarla.
token-days = Por cuánto tiempo
token-lasts = { $n ->
    [one] { $n } día
   *[other] { $n } días
}
token-make = Crear la clave
token-until = vale hasta el
token-expired = caducó el
token-revoked = revocada el
token-used = usada por última vez el
token-unused = nunca usada
token-revoke = Revocar
token-did = Qué hizo
token-is-ended = La clave está revocada. Ya no vale para nada.
token-made-title = La clave nueva
token-made-text = «{ $name }» puede actuar en su nombre con esto:
token-made-once = Solo se muestra aquí, y nunca más. Quien la tenga actúa como usted: conviene guardarla junto a las contraseñas y revocarla si se pierde.
scope-draft = Borradores
scope-check = Comprobaciones
scope-review = Revisiones
scope-may-draft = lee y escribe borradores, y los entrega; nada se publica sin revisión
scope-may-check = dice en público que se miró un compromiso y nada ha cambiado
scope-may-review = lee borradores, los aprueba y los devuelve
audit-token = Con la clave
audit-any-token = Con o sin
audit-by-token = con la clave
api-writing = Escribir
api-writing-text = Quien puede escribir en la redacción crea allí una clave de API y la envía como `Authorization: Bearer …`. Lo que se escribe es un borrador, y se publica cuando otra persona lo aprueba: con las mismas reglas, papeles y comprobaciones que en la redacción. El contenido tiene la forma del archivo del registro; cada campo incorrecto se nombra por su ruta. El `ETag` de un borrador es su versión: enviado de vuelta como `If-Match`, evita que dos personas se sobrescriban. Las peticiones con cookie no escriben nada aquí.
api-writing-tokens = Las claves se crean aquí:
api-scopes = Necesita una clave que valga para uno de
api-sends = Envía
api-content = Lo que se envía
api-content-of = Lo que se envía a { $path }
api-no-answer = una respuesta sin cuerpo
