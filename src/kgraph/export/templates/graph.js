'use strict';
// Draws what stands in the page's data block. Names and titles are set as text, never as markup.
(function () {
  const { nodes, edges, options } = JSON.parse(document.getElementById('data').textContent);
  const shown = { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) };
  const picture = document.getElementById('picture');
  const network = new vis.Network(picture, shown, options);
  const said = document.getElementById('said');
  const byName = new Map(nodes.map((node) => [node.name, node.id]));
  const ties = new Map();
  for (const { from, to } of edges) {
    for (const [one, other] of [[from, to], [to, from]]) {
      if (!ties.has(one)) ties.set(one, new Set());
      ties.get(one).add(other);
    }
  }
  const FADED = '#e6eaee';

  function light(id) {
    const near = id === null ? null : new Set([id, ...(ties.get(id) || [])]);
    shown.nodes.update(nodes.map((node) => ({
      id: node.id,
      color: !near || near.has(node.id) ? node.color : FADED,
      font: { ...node.font, color: !near || near.has(node.id) ? '#1c2733' : 'rgba(0,0,0,0)' },
    })));
    shown.edges.update(edges.map((edge) => ({
      id: edge.id, color: !near || edge.from === id || edge.to === id ? edge.color : '#f2f4f6',
    })));
    const node = id === null ? null : nodes.find((other) => other.id === id);
    said.textContent = node ? node.title.split('\n').join(' · ') : '';
  }

  network.on('click', ({ nodes: chosen }) => light(chosen.length ? chosen[0] : null));
  network.once('afterDrawing', () => network.fit({ animation: false }));
  network.once('stabilizationIterationsDone', () => network.fit({ animation: false }));
  document.getElementById('find').addEventListener('change', (event) => {
    const id = byName.get(event.target.value);
    if (id === undefined) return;
    network.selectNodes([id]);
    network.focus(id, { scale: 0.8, animation: false });
    light(id);
  });
  document.getElementById('all').addEventListener('click', () => {
    network.unselectAll();
    light(null);
    network.fit({ animation: false });
  });
}());
