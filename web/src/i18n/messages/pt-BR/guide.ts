export default {
  title: 'Primeiros passos',
  sample: {
    title: 'Experimente o exemplo',
    says: 'Uma gravação curta, colocada no formulário acima: transcreva-a e veja o texto.',
    use: 'Usar o exemplo',
  },
  own: {
    title: 'Use algo seu',
    says: 'Escolha um arquivo acima, grave algo ou cole um link.',
  },
  key: {
    title: 'Crie uma chave de API',
    says: 'Programas e scripts enviam gravações com ela. Cada chave diz o que permite.',
    go: 'Ir para as chaves de API',
  },
}
