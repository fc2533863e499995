// The operation tables of connections and hosts. CodeStar Connections and its successor
// CodeConnections are two names of one service: they differ in the ARNs that they give out.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::connections {

extern constinit const Family kConnectionOperations;
extern constinit const Family kHostOperations;
extern constinit const Family kStarConnectionOperations;
extern constinit const Family kStarHostOperations;
extern constinit const Family kTagOperations;

}  // namespace trunkline::cloud::connections
