//! Which people stand close together: groups with more contact inside than chance would bring.
//!
//! A picture of fifty thousand people shows nobody. Drawn as groups it shows a network again, and the groups have to come
//! from the contacts themselves. The method is that of Louvain (Blondel, Guillaume, Lambiotte, Lefebvre 2008,
//! "Fast unfolding of communities in large networks", J. Stat. Mech. P10008): everybody moves to the neighbouring
//! group that raises the modularity of Newman and Girvan (2004) most, then groups become nodes and move in turn. The
//! nodes come in their own order instead of a random one, so that the same network has the same groups on every run.

/// Gains smaller than this are rounding, not reasons to move.
const LEAST_GAIN: f64 = 1e-12;
/// Rounds over all nodes on one level at most; a few are usual.
const MOST_ROUNDS: usize = 32;
/// Levels at most; each has far fewer nodes than the one before.
const MOST_LEVELS: usize = 32;

/// Contact between two of the nodes, numbered from 0.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Link {
    /// The two; their order does not matter.
    pub ends: (usize, usize),
    /// How much contact, above 0.
    pub weight: f64,
}

/// Returns the number of each node's group, numbered from 0 in the order of their first nodes.
///
/// A node without a link is a group of its own. Links to nodes that are not there and those without weight are left out.
///
/// # Complexity
/// Nearly linear in the links.
///
/// # Example
/// ```
/// use rin_core::{Link, communities};
/// let link = |a, b| Link { ends: (a, b), weight: 1.0 };
/// // Two triangles that one contact joins.
/// let links = [link(0, 1), link(1, 2), link(2, 0), link(3, 4), link(4, 5), link(5, 3), link(2, 3)];
/// assert_eq!(communities(7, &links), [0, 0, 0, 1, 1, 1, 2]);
/// ```
pub fn communities(nodes: usize, links: &[Link]) -> Vec<usize> {
    let mut graph = Graph::new(nodes, links);
    let mut groups: Vec<usize> = (0..nodes).collect();
    for _ in 0..MOST_LEVELS {
        let settled = numbered(&graph.settle());
        let n = settled.iter().max().map_or(0, |last| last + 1);
        groups = groups.iter().map(|group| settled.get(*group).copied().unwrap_or(0)).collect();
        if n == graph.near.len() {
            break;
        }
        graph = graph.folded(&settled, n);
    }
    numbered(&groups)
}

/// Returns the modularity of a division into groups: the share of contact within them less what chance would bring
/// (Newman and Girvan 2004, equation 5); 0 without links.
///
/// # Example
/// ```
/// use rin_core::{Link, modularity};
/// let link = |a, b| Link { ends: (a, b), weight: 1.0 };
/// let links = [link(0, 1), link(2, 3)];
/// assert_eq!((modularity(&[0, 0, 1, 1], &links), modularity(&[0, 0, 0, 0], &links)), (0.5, 0.0));
/// ```
pub fn modularity(groups: &[usize], links: &[Link]) -> f64 {
    let graph = Graph::new(groups.len(), links);
    let n = groups.iter().max().map_or(0, |last| last + 1);
    let (mut within, mut degrees) = (vec![0.0; n], vec![0.0; n]);
    for (node, group) in groups.iter().enumerate() {
        add(&mut degrees, *group, at(&graph.degrees, node));
        for (other, weight) in graph.near.get(node).into_iter().flatten() {
            if groups.get(*other) == Some(group) {
                add(&mut within, *group, *weight);
            }
        }
        add(&mut within, *group, at(&graph.own, node));
    }
    if graph.total <= 0.0 {
        return 0.0;
    }
    let of = |(within, degree): (&f64, &f64)| within / graph.total - (degree / graph.total).powi(2);
    within.iter().zip(&degrees).map(of).sum()
}

/// A network on one level: nodes are people, or groups of the level below.
struct Graph {
    /// Neighbours of each node and the weight of the link, each link at both ends.
    near: Vec<Vec<(usize, f64)>>,
    /// Twice the weight of the links within each node.
    own: Vec<f64>,
    /// Sum of the weights at each node.
    degrees: Vec<f64>,
    /// Twice the weight of all links.
    total: f64,
}

impl Graph {
    fn new(nodes: usize, links: &[Link]) -> Self {
        let mut graph = Self {
            near: vec![Vec::new(); nodes],
            own: vec![0.0; nodes],
            degrees: vec![0.0; nodes],
            total: 0.0,
        };
        let is_there = |link: &&Link| {
            link.ends.0 < nodes
                && link.ends.1 < nodes
                && 0.0 < link.weight
                && link.weight.is_finite()
        };
        links.iter().filter(is_there).for_each(|link| graph.join(link.ends, link.weight));
        graph
    }

    fn join(&mut self, (a, b): (usize, usize), weight: f64) {
        self.total += 2.0 * weight;
        add(&mut self.degrees, a, weight);
        add(&mut self.degrees, b, weight);
        if a == b {
            add(&mut self.own, a, 2.0 * weight);
            return;
        }
        for (from, to) in [(a, b), (b, a)] {
            if let Some(near) = self.near.get_mut(from) {
                near.push((to, weight));
            }
        }
    }

    /// Moves nodes until none gains by moving; returns each one's group.
    fn settle(&self) -> Vec<usize> {
        let mut moving = Moving {
            groups: (0..self.near.len()).collect(),
            sums: self.degrees.clone(),
            contact: vec![0.0; self.near.len()],
        };
        for _ in 0..MOST_ROUNDS {
            let moved: Vec<bool> =
                (0..self.near.len()).map(|node| moving.step(self, node)).collect();
            if !moved.contains(&true) {
                break;
            }
        }
        moving.groups
    }

    /// Returns the level above: each group a node.
    fn folded(&self, groups: &[usize], n: usize) -> Self {
        let mut all: Vec<((usize, usize), f64)> = Vec::new();
        let group_of = |node: usize| groups.get(node).copied().unwrap_or(0);
        for (node, near) in self.near.iter().enumerate() {
            let own = at(&self.own, node);
            if 0.0 < own {
                all.push(((group_of(node), group_of(node)), own / 2.0));
            }
            let once = near.iter().filter(|(other, _)| node < *other);
            all.extend(once.map(|(other, weight)| {
                let (a, b) = (group_of(node), group_of(*other));
                ((a.min(b), a.max(b)), *weight)
            }));
        }
        all.sort_by_key(|(ends, _)| *ends);
        let mut links: Vec<Link> = Vec::new();
        for (ends, weight) in all {
            match links.last_mut() {
                Some(last) if last.ends == ends => last.weight += weight,
                _ => links.push(Link { ends, weight }),
            }
        }
        Self::new(n, &links)
    }
}

/// Nodes on their way to the groups they stay in.
struct Moving {
    /// The group of each node.
    groups: Vec<usize>,
    /// Sum of the weights at the nodes of each group.
    sums: Vec<f64>,
    /// Contact of the node at hand with each group; nothing between two steps.
    contact: Vec<f64>,
}

impl Moving {
    /// Puts a node into the group it gains most by; returns whether that is another one.
    fn step(&mut self, graph: &Graph, node: usize) -> bool {
        let near = graph.near.get(node).map_or(&[][..], Vec::as_slice);
        let from = self.group(node);
        for (other, weight) in near {
            let group = self.group(*other);
            add(&mut self.contact, group, *weight);
        }
        let degree = at(&graph.degrees, node);
        add(&mut self.sums, from, -degree);
        let to = self.best(near, from, degree / graph.total.max(f64::MIN_POSITIVE));
        add(&mut self.sums, to, degree);
        if let Some(group) = self.groups.get_mut(node) {
            *group = to;
        }
        // Only what was written is wiped; the node itself is not among its neighbours.
        for (other, _) in near {
            let group = self.group(*other);
            if let Some(contact) = self.contact.get_mut(group) {
                *contact = 0.0;
            }
        }
        to != from
    }

    /// Returns the group among the neighbours' and its own that a node gains most by; the first of equals, its own before
    /// all. `share` is the node's part of all contact.
    fn best(&self, near: &[(usize, f64)], from: usize, share: f64) -> usize {
        let gain = |group: usize| at(&self.contact, group) - at(&self.sums, group) * share;
        let mut best = (from, gain(from));
        for (other, _) in near {
            let group = self.group(*other);
            let gain = gain(group);
            if best.1 + LEAST_GAIN < gain {
                best = (group, gain);
            }
        }
        best.0
    }

    fn group(&self, node: usize) -> usize {
        self.groups.get(node).copied().unwrap_or(node)
    }
}

/// Numbers groups anew, from 0 in the order in which they come.
fn numbered(groups: &[usize]) -> Vec<usize> {
    let mut numbers = vec![None; groups.iter().max().map_or(0, |last| last + 1)];
    let mut next = 0;
    let mut number = |group: &usize| {
        let place = numbers.get_mut(*group)?;
        Some(*place.get_or_insert_with(|| {
            next += 1;
            next - 1
        }))
    };
    groups.iter().map(|group| number(group).unwrap_or(0)).collect()
}

fn at(values: &[f64], place: usize) -> f64 {
    values.get(place).copied().unwrap_or(0.0)
}

fn add(values: &mut [f64], place: usize, by: f64) {
    if let Some(value) = values.get_mut(place) {
        *value += by;
    }
}

#[cfg(test)]
mod tests;
