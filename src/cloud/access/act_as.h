// Services that act for somebody: in a role that trusts them, or for themselves on a resource whose
// policy lets them. Both are told for what they act, so that nobody makes a service do what is not
// theirs (the confused deputy: aws:SourceArn, aws:SourceAccount).
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::access {

struct Deputy {
  // "states.amazonaws.com". A policy may name the Region's principal instead
  // ("states.eu-central-1.amazonaws.com").
  std::string_view service;
  std::string source_arn;      // for what it acts: a rule, a stack; empty: not told
  std::string source_account;  // whose that is; empty: whose the ARN says
};

// Whether the role is there and its trust policy lets the service assume it.
bool MayActAs(Context& context, const Deputy& deputy, std::string_view role_arn);

// The service's session of the role. AccessDenied: it may not.
Answer<Caller> ActAs(Context& context, const Deputy& deputy, std::string_view role_arn,
                     std::string_view session_name);

// A session of another role, by who is in a role already: that role's trust policy decides, and
// with --enforce-iam also whether the first role may. AccessDenied: it may not.
Answer<Caller> ActFurther(Context& context, const Caller& caller, std::string_view role_arn,
                          std::string_view session_name);

// Whether the policy of a function, queue, topic or bucket lets the service itself do something
// with it. No policy lets nobody.
bool ServiceMay(Context& context, const Deputy& deputy, std::string_view action,
                std::string_view resource_arn);

}  // namespace trunkline::cloud::access
