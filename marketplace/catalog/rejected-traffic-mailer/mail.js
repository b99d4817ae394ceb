export default ({ object }) => ({
  subject: `Oarlock: rejected traffic in ${object.namespace}`,
  text: [object.content, `They are ${object.data.rejected} so far:`, ...object.data.most].join('\n'),
});
