// The operation tables of SQS, one per family. Two services share them: the JSON protocol's, and
// the Query protocol's of older clients.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::sqs {

extern constinit const Family kDeleteOperations;
extern constinit const Family kMoveTaskOperations;
extern constinit const Family kPermissionOperations;
extern constinit const Family kQueueOperations;
extern constinit const Family kReceiveOperations;
extern constinit const Family kSendOperations;
extern constinit const Family kTagOperations;

}  // namespace trunkline::cloud::sqs
