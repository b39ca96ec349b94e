// Which events, nodes and edges the filters leave, and how many events each box of a filter would leave.

export const FACETS = ["type", "stance", "modality", "country", "language", "article"];
const TIME = 1 << FACETS.length;
const PLACE = TIME << 1;

export const makeFilter = (data) => {
  const events = data.things.map((thing, id) => ({ thing, id })).filter(({ thing }) => thing.type);
  const values = events.map(({ thing }) => [
    [thing.type],
    [...new Set(thing.claims.map((claim) => claim.stance))],
    [thing.modality],
    thing.countries,
    [data.articles[thing.article].language],
    [data.articles[thing.article].iri],
  ]);
  const days = events.map(({ thing }) => [(thing.from || thing.to || "").slice(0, 10), (thing.to || thing.from || "").slice(0, 10)]);
  const fillers = events.map(({ thing }) => [...new Set(thing.roles.map((role) => role[2]))]);
  const touching = new Map();
  fillers.forEach((list, index) => {
    for (const id of list) {
      if (!touching.has(id)) touching.set(id, []);
      touching.get(id).push(index);
    }
  });
  const edges = new Map(events.map(({ id }) => [id, []]));
  const claims = new Map(events.map(({ id }) => [id, []]));
  data.edges.forEach((edge) => (edge.stance ? claims.get(edge.to) : edges.get(edge.from)).push(edge.id));
  const speakers = events.map(({ id }) => claims.get(id).map((edge) => data.edges[edge].from));
  const speaking = new Map();
  speakers.forEach((list, index) => {
    for (const id of new Set(list)) {
      if (!speaking.has(id)) speaking.set(id, []);
      speaking.get(id).push(index);
    }
  });
  const place = new Map(events.map(({ id }, index) => [id, index]));

  // The events within some steps of some things; a step leads over one event.
  const near = (starts, hops) => {
    const kept = new Set();
    let edge = new Set();
    for (const id of starts) {
      if (!place.has(id)) edge.add(id);
      else {
        kept.add(place.get(id));
        for (const filler of fillers[place.get(id)]) edge.add(filler);
      }
    }
    const steps = starts.length && starts.every((id) => place.has(id)) ? hops - 1 : hops;
    const seen = new Set(edge);
    for (let step = 0; step < steps; step += 1) {
      const next = new Set();
      for (const id of edge) {
        for (const index of touching.get(id) || []) {
          kept.add(index);
          for (const filler of fillers[index]) if (!seen.has(filler)) next.add(filler);
        }
      }
      for (const id of next) seen.add(id);
      edge = next;
    }
    return kept;
  };

  const apply = (state, number) => {
    const wanted = FACETS.map((name) => (state[name].length ? new Set(state[name]) : null));
    const starts = state.around.map((iri) => number.get(iri)).filter((id) => id !== undefined);
    const reach = starts.length ? near(starts, state.hops) : null;
    const counts = FACETS.map(() => new Map());
    const shown = [];
    const timed = [];
    let undated = 0;
    for (let index = 0; index < events.length; index += 1) {
      let failed = 0;
      for (let facet = 0; facet < FACETS.length; facet += 1) {
        if (wanted[facet] && !values[index][facet].some((value) => wanted[facet].has(value))) failed |= 1 << facet;
      }
      const [first, last] = days[index];
      if (first ? (state.from && last < state.from) || (state.to && first > state.to) : !state.undated) failed |= TIME;
      if (reach && !reach.has(index)) failed |= PLACE;
      if (!failed) shown.push(index);
      if (!(failed & ~TIME)) {
        if (first) timed.push(index);
        else undated += 1;
      }
      for (let facet = 0; facet < FACETS.length; facet += 1) {
        if (failed & ~(1 << facet)) continue;
        for (const value of values[index][facet]) counts[facet].set(value, (counts[facet].get(value) || 0) + 1);
      }
    }
    const nodes = new Set();
    const lines = [];
    for (const index of shown) {
      nodes.add(events[index].id);
      for (const id of fillers[index]) nodes.add(id);
      for (const id of edges.get(events[index].id)) lines.push(id);
      if (!state.claims) continue;
      for (const id of speakers[index]) nodes.add(id);
      for (const id of claims.get(events[index].id)) lines.push(id);
    }
    return {
      events: shown.map((index) => events[index].id),
      nodes: [...nodes],
      edges: lines,
      counts: Object.fromEntries(FACETS.map((name, facet) => [name, counts[facet]])),
      days: timed.map((index) => days[index]),
      undated,
    };
  };

  return {
    apply,
    days: days.filter(([first]) => first),
    // Everything that a facet can be narrowed to, with the number of events that have it.
    totals(name) {
      const facet = FACETS.indexOf(name);
      const found = new Map();
      for (const row of values) for (const value of row[facet]) found.set(value, (found.get(value) || 0) + 1);
      return found;
    },
    about: (id) => (touching.get(id) || []).map((index) => events[index].id),
    claims: (id) => events.filter(({ thing }) => thing.claims.some((claim) => claim.by === id)).map((event) => event.id),
    // What a line joins a thing to; lines from sources to events count where they are drawn.
    neighbours(id, drawn = false) {
      if (place.has(id)) return [...fillers[place.get(id)], ...(drawn ? speakers[place.get(id)] : [])];
      return [...new Set([...(touching.get(id) || []), ...(drawn ? speaking.get(id) || [] : [])])].map((index) => events[index].id);
    },
  };
};
