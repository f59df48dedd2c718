export default {
  failed: 'No se ha podido cargar esta transcripción',
  footer: 'Hecho con <link>Earshot</link>. Lo ha escuchado una máquina; puede haber entendido mal.',
}
