export default {
  failed: 'Não foi possível carregar esta transcrição',
  footer: 'Feito com <link>Earshot</link>. Uma máquina ouviu isto; ela pode ter entendido errado.',
}
