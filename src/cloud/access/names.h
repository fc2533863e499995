// Names of resources that an input has in a form of its own: by a queue's URL, a build's id, an
// object's version. The tables of actions read them beside the input's own members.
#pragma once

#include <string_view>

#include "base/json.h"

namespace trunkline::cloud::access {

//   sqs        QueueArn                     of QueueUrl
//   codebuild  Projects, ReportGroups       of builds' ids and reports' ARNs
//   connect    StorageBucket, PromptObject  of StorageConfig and S3Uri
//   dynamodb   Tables                       of TableName, RequestItems and TransactItems
//              Checks, Deletes, Puts, Updates: whether a transaction has such
//   dynamodbstreams  Stream                 of ShardIterator
//   events     RuleName, Buses              with the bus, where it is not the default one
//   lambda     FunctionName                 of "<account>:function:<name>"
//              CodeObject, CodeVersion      of S3Bucket, S3Key, S3ObjectVersion
//   s3         CopiedObject, CopiedVersion  of CopySource
//              DeletedObjects, DeletedVersions
//   sns        Topic                        of SubscriptionArn
//   ssm        Parameters                   without the first '/' and what selects a version
json::Object DerivedNames(std::string_view region, std::string_view service,
                          const json::Object& input);

}  // namespace trunkline::cloud::access
