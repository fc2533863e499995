// Deploying one CloudFormation stack, as `aws cloudformation deploy` does: by a change set, so that
// nothing happens when nothing changed.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "aws/client.h"
#include "base/result.h"
#include "net/timers.h"

namespace trunkline::app {

struct StackOrder {
  std::string name;
  std::string template_body;                      // up to 51,200 bytes, or
  std::string template_url;                       // where it is in S3
  std::map<std::string, std::string> parameters;  // what the template does not know keeps away
  std::vector<std::string> capabilities;          // "CAPABILITY_NAMED_IAM"
  std::string role_arn;                           // of CloudFormation; empty: the caller's rights
};

// The largest template that a call may hold (documented).
inline constexpr std::size_t kMostTemplateBytes = 51'200;

// Where the template is read from: one that is larger than a call may hold goes to the bucket
// first, which is in the client's Region.
net::aw<Result<void>> PlaceTemplate(aws::Client client, std::string bucket, std::string body,
                                    StackOrder& order);

struct StackOutcome {
  bool changed = false;
  std::string status;  // UPDATE_COMPLETE
  std::map<std::string, std::string> outputs;
};

struct StackWorld {
  aws::Client client;  // in the stack's account and Region
  net::Timers& timers;
  Milliseconds poll{2000};
  // What happens to a resource, in words: "AWS::S3::Bucket Artifacts: CREATE_COMPLETE". May be
  // empty.
  std::function<void(const std::string&)> tell;
};

// Errors: what failed first, with its reason; a stack in a state that takes no update says what to
// do.
net::aw<Result<StackOutcome>> DeployStack(StackWorld& world, StackOrder order);

// Nothing when there is no such stack.
net::aw<Result<std::optional<json::Object>>> DescribeStack(aws::Client client, std::string name);
std::map<std::string, std::string> OutputsOf(const json::Object& stack);

}  // namespace trunkline::app
