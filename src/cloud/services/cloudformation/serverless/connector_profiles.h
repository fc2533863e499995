// What a connector makes of a source, a destination and the permissions between them.
#pragma once

#include <span>
#include <string_view>

namespace trunkline::cloud::cloudformation::serverless {

// One statement of a category. Actions are all of one service ("sqs: SendMessage"); resources are
// separated by blanks: "D" and "S" are the ARNs of destination and source ("D/*"), "N" in
// "states:execution:N:*" is the destination's name, "service:rest" an ARN of the stack's own
// account and Region.
struct Access {
  std::string_view category;  // "Read", "Write"
  std::string_view actions;
  std::string_view resources;
};

enum class ProfileKind {
  kSourceRole,       // a managed policy of the source's role
  kDestinationRole,  // a managed policy of the destination's
  kPermission,       // AWS::Lambda::Permission of the destination
  kQueuePolicy,
  kTopicPolicy,
};

struct Profile {
  std::string_view source;
  std::string_view destination;
  ProfileKind kind = ProfileKind::kSourceRole;
  std::span<const Access> access;
  std::string_view principal = {};     // of a permission or a policy of the destination
  std::string_view combinations = {};  // "Read+Write": what may be asked for together; empty: any
  bool before_source = false;          // the source waits for the policy
  bool before_mapping = false;         // the destination's event source mapping does
};

// Null: there is no such connector.
const Profile* FindProfile(std::string_view source, std::string_view destination);

}  // namespace trunkline::cloud::cloudformation::serverless
