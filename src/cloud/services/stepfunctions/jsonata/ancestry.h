// Finding what "%" means: the input of the step that selected the context.
//
// A "%" has a slot with the number of levels it still goes up. The slots of a part wait at the node
// around it (Node::seeking) until a path is complete; then each walks back over the path's steps,
// and the step where it arrives keeps its input under the slot's label.
#pragma once

#include "cloud/services/stepfunctions/jsonata/failure.h"
#include "cloud/services/stepfunctions/jsonata/node.h"

namespace trunkline::cloud::jsonata {

// `part` is a part of `whole`: what it seeks, the whole seeks.
void PassOnSeeking(Node& whole, const Node& part);
// The steps of `path` take what its last step seeks; what they do not take, the path seeks.
Outcome<void> ResolveAncestry(Node& path);
// Goes up from `node` as far as it leads.
Outcome<void> SeekParent(Node& node, const std::shared_ptr<Slot>& slot);

}  // namespace trunkline::cloud::jsonata
