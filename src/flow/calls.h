// Who calls whom, over all flows of a folder or a center: flows and modules, and the queues,
// prompts, functions, bots, ... that they name.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "flow/catalogue.h"
#include "flow/document.h"

namespace trunkline::flow {

struct CallNode {
  ResourceKind kind = ResourceKind::kNone;
  std::string name;  // a symbol's, else what the console's layout says, else the id
  std::string file;  // of a flow or module that is one of the documents; else empty
};

struct CallEdge {
  std::size_t from;  // positions in CallGraph::nodes; `from` is one of the documents
  std::size_t to;
  std::vector<Place> places;  // each time it stands in the flow
};

struct CallGraph {
  std::vector<CallNode> nodes;  // the documents first, in their order
  std::vector<CallEdge> calls;  // by `from`, then in the order of the file; each pair once
};

// A flow or module is known by its document's name (else by its file's), and by the id and ARN that
// describe-contact-flow gave it. Only what actions name counts, not what the layout repeats.
CallGraph FindCalls(std::span<const Document> documents);

// Documents that no other one names: entry points, or nobody needs them.
std::vector<std::size_t> FindOrphans(const CallGraph& graph);

// Ways from a flow back to itself, as nodes, the first one again at the end. For each flow that is
// on one the shortest is there, and each way once.
std::vector<std::vector<std::size_t>> FindCycles(const CallGraph& graph);

std::string NameOf(const CallNode& node);  // "flow 'Main'"

// Input of Graphviz.
std::string ToDot(const CallGraph& graph);

}  // namespace trunkline::flow
