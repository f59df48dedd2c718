export default {
  title: 'Comentarios',
  add: 'Comentar',
  write: 'Comentar este pasaje',
  label: 'Tu comentario',
  none: 'No hay comentarios abiertos. Selecciona palabras, o pon el cursor en una línea, y pulsa C.',
  failed: 'No se pudieron cargar los comentarios',
  showResolved:
    '{count, plural, one {Mostrar # comentario resuelto} other {Mostrar # comentarios resueltos}}',
  resolvedBy: 'Resuelto por {name}',
  gone: {
    author: 'Alguien que ya no está',
    words: 'Estas palabras ya no están en la transcripción.',
  },
  changed: 'Las palabras han cambiado desde entonces.',
  edited: 'editado',
  reply: 'Responder',
  resolve: 'Resolver',
  reopen: 'Reabrir',
  edit: 'Editar',
  save: 'Guardar',
  remove: {
    open: 'Eliminar',
    title: '¿Eliminar este comentario?',
    says: '{count, plural, =0 {No se podrá restaurar.} one {También se elimina su respuesta. No se podrán restaurar.} other {También se eliminan sus # respuestas. No se podrán restaurar.}}',
  },
}
