export default {
  title: 'Comentários',
  add: 'Comentar',
  write: 'Comentar este trecho',
  label: 'Seu comentário',
  none: 'Nenhum comentário aberto. Selecione palavras, ou coloque o cursor em uma linha, e pressione C.',
  failed: 'Não foi possível carregar os comentários',
  showResolved:
    '{count, plural, one {Mostrar # comentário resolvido} other {Mostrar # comentários resolvidos}}',
  resolvedBy: 'Resolvido por {name}',
  gone: {
    author: 'Alguém que saiu',
    words: 'Estas palavras não estão mais na transcrição.',
  },
  changed: 'As palavras foram alteradas desde então.',
  edited: 'editado',
  reply: 'Responder',
  resolve: 'Resolver',
  reopen: 'Reabrir',
  edit: 'Editar',
  save: 'Salvar',
  remove: {
    open: 'Excluir',
    title: 'Excluir este comentário?',
    says: '{count, plural, =0 {Não será possível restaurá-lo.} one {A resposta também será excluída. Não será possível restaurá-los.} other {As # respostas também serão excluídas. Não será possível restaurá-los.}}',
  },
}
