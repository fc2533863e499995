// The kinds of resources Amazon Connect keeps, as the store, the wire and messages name each of
// them.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "cloud/store.h"

namespace trunkline::cloud::connect {

// A kind whose resources belong to an instance: the record's parent is the instance's id, its name
// is unique there.
struct ResourceKind {
  Kind kind;
  std::string_view word;       // "queue": in messages
  std::string_view path;       // arn:aws:connect:R:A:instance/<instance>/<path>/<id>
  std::string_view wrapper;    // the member of a Describe output that holds it
  std::string_view label;      // the input member that names it
  std::string_view id_member;  // in its structure, as are the following
  std::string_view arn_member;
  std::string_view name_member;
  std::size_t quota;             // per instance (AWS admin guide, 2026)
  std::string_view search_type;  // what SearchResourceTags calls it; empty: not offered there
  // What creating answers where the name is taken or the instance full.
  std::string_view taken = "DuplicateResourceException";
  std::string_view full = "LimitExceededException";
};

inline constexpr Kind kInstance{"connect", "instance"};
inline constexpr Kind kAlias{"connect", "alias"};  // global: the id is the alias in lower case
inline constexpr Kind kInstanceAttribute{"connect", "attribute"};  // the id is the instance's
inline constexpr Kind kClientToken{"connect", "client-token"};
inline constexpr Kind kStorageConfig{"connect", "storage-config"};
inline constexpr Kind kHoursOverride{"connect", "hours-override"};  // the parent is the hours' id
inline constexpr Kind kFlowContent{"connect", "flow-content"};  // "<flow>:$LATEST", ":$SAVED", ":3"
inline constexpr Kind kModuleContent{"connect", "module-content"};  // "<module>:$LATEST", ":3"
inline constexpr Kind kModuleAlias{"connect", "module-alias"};      // the parent is the module's id
inline constexpr Kind kPromptFile{"connect",
                                  "prompt-file"};  // where its audio is; the id is the prompt's
inline constexpr Kind kHierarchyStructure{"connect",
                                          "hierarchy-structure"};  // the id is the instance's
inline constexpr Kind kViewContent{"connect", "view-content"};  // "<view>:$SAVED", ":$LATEST", ":3"
inline constexpr Kind kTestContent{"connect", "test-content"};  // "<test case>:SAVED", ":PUBLISHED"
inline constexpr Kind kPhoneNumber{"connect", "phone-number"};  // the parent is the instance's id
inline constexpr Kind kClaimedNumber{"connect",
                                     "claimed-number"};  // global: the id is +15551234567
inline constexpr Kind kLambdaFunction{"connect", "lambda-function"};
inline constexpr Kind kBot{"connect", "bot"};
inline constexpr Kind kApprovedOrigin{"connect", "approved-origin"};
inline constexpr Kind kPredefinedAttribute{"connect", "predefined-attribute"};
inline constexpr Kind kSecurityKey{"connect", "security-key"};
inline constexpr Kind kIntegration{"connect", "integration"};

inline constexpr ResourceKind kHours{.kind = {"connect", "hours"},
                                     .word = "hours of operation",
                                     .path = "operating-hours",
                                     .wrapper = "HoursOfOperation",
                                     .label = "HoursOfOperationId",
                                     .id_member = "HoursOfOperationId",
                                     .arn_member = "HoursOfOperationArn",
                                     .name_member = "Name",
                                     .quota = 100,
                                     .search_type = "operating-hours"};
inline constexpr ResourceKind kQueue{.kind = {"connect", "queue"},
                                     .word = "queue",
                                     .path = "queue",
                                     .wrapper = "Queue",
                                     .label = "QueueId",
                                     .id_member = "QueueId",
                                     .arn_member = "QueueArn",
                                     .name_member = "Name",
                                     .quota = 100,
                                     .search_type = "standard-queue"};
inline constexpr ResourceKind kPrompt{.kind = {"connect", "prompt"},
                                      .word = "prompt",
                                      .path = "prompt",
                                      .wrapper = "Prompt",
                                      .label = "PromptId",
                                      .id_member = "PromptId",
                                      .arn_member = "PromptARN",
                                      .name_member = "Name",
                                      .quota = 500,
                                      .search_type = "prompt"};
inline constexpr ResourceKind kFlow{.kind = {"connect", "flow"},
                                    .word = "flow",
                                    .path = "contact-flow",
                                    .wrapper = "ContactFlow",
                                    .label = "ContactFlowId",
                                    .id_member = "Id",
                                    .arn_member = "Arn",
                                    .name_member = "Name",
                                    .quota = 100,
                                    .search_type = "contact-flow"};
inline constexpr ResourceKind kModule{.kind = {"connect", "module"},
                                      .word = "flow module",
                                      .path = "flow-module",
                                      .wrapper = "ContactFlowModule",
                                      .label = "ContactFlowModuleId",
                                      .id_member = "Id",
                                      .arn_member = "Arn",
                                      .name_member = "Name",
                                      .quota = 200,
                                      .search_type = "flow-module"};
inline constexpr ResourceKind kRoutingProfile{.kind = {"connect", "routing-profile"},
                                              .word = "routing profile",
                                              .path = "routing-profile",
                                              .wrapper = "RoutingProfile",
                                              .label = "RoutingProfileId",
                                              .id_member = "RoutingProfileId",
                                              .arn_member = "RoutingProfileArn",
                                              .name_member = "Name",
                                              .quota = 500,
                                              .search_type = "routing-profile"};
inline constexpr ResourceKind kSecurityProfile{.kind = {"connect", "security-profile"},
                                               .word = "security profile",
                                               .path = "security-profile",
                                               .wrapper = "SecurityProfile",
                                               .label = "SecurityProfileId",
                                               .id_member = "Id",
                                               .arn_member = "Arn",
                                               .name_member = "SecurityProfileName",
                                               .quota = 100,
                                               .search_type = "security-profile"};
inline constexpr ResourceKind kUser{.kind = {"connect", "user"},
                                    .word = "user",
                                    .path = "agent",
                                    .wrapper = "User",
                                    .label = "UserId",
                                    .id_member = "Id",
                                    .arn_member = "Arn",
                                    .name_member = "Username",
                                    .quota = 500,
                                    .search_type = "agent"};
inline constexpr ResourceKind kAgentStatus{.kind = {"connect", "agent-status"},
                                           .word = "agent status",
                                           .path = "agent-state",
                                           .wrapper = "AgentStatus",
                                           .label = "AgentStatusId",
                                           .id_member = "AgentStatusId",
                                           .arn_member = "AgentStatusARN",
                                           .name_member = "Name",
                                           .quota = 50,
                                           .search_type = "agent-state"};
inline constexpr ResourceKind kQuickConnect{.kind = {"connect", "quick-connect"},
                                            .word = "quick connect",
                                            .path = "transfer-destination",
                                            .wrapper = "QuickConnect",
                                            .label = "QuickConnectId",
                                            .id_member = "QuickConnectId",
                                            .arn_member = "QuickConnectARN",
                                            .name_member = "Name",
                                            .quota = 100,
                                            .search_type = "transfer-destination"};

inline constexpr ResourceKind kHierarchyGroup{.kind = {"connect", "hierarchy-group"},
                                              .word = "hierarchy group",
                                              .path = "agent-group",
                                              .wrapper = "HierarchyGroup",
                                              .label = "HierarchyGroupId",
                                              .id_member = "Id",
                                              .arn_member = "Arn",
                                              .name_member = "Name",
                                              .quota = 500,
                                              .search_type = ""};
inline constexpr ResourceKind kView{.kind = {"connect", "view"},
                                    .word = "view",
                                    .path = "view",
                                    .wrapper = "View",
                                    .label = "ViewId",
                                    .id_member = "Id",
                                    .arn_member = "Arn",
                                    .name_member = "Name",
                                    .quota = 200,
                                    .search_type = "",
                                    .full = "ServiceQuotaExceededException"};
inline constexpr ResourceKind kRule{.kind = {"connect", "rule"},
                                    .word = "rule",
                                    .path = "rule",
                                    .wrapper = "Rule",
                                    .label = "RuleId",
                                    .id_member = "RuleId",
                                    .arn_member = "RuleArn",
                                    .name_member = "Name",
                                    .quota = 500,
                                    .search_type = "",
                                    .taken = "ResourceConflictException",
                                    .full = "ServiceQuotaExceededException"};
inline constexpr ResourceKind kTaskTemplate{.kind = {"connect", "task-template"},
                                            .word = "task template",
                                            .path = "task-template",
                                            .wrapper = "",
                                            .label = "TaskTemplateId",
                                            .id_member = "Id",
                                            .arn_member = "Arn",
                                            .name_member = "Name",
                                            .quota = 50,
                                            .search_type = "",
                                            .taken = "PropertyValidationException",
                                            .full = "ServiceQuotaExceededException"};
inline constexpr ResourceKind kTestCase{.kind = {"connect", "test-case"},
                                        .word = "test case",
                                        .path = "test-case",
                                        .wrapper = "TestCase",
                                        .label = "TestCaseId",
                                        .id_member = "Id",
                                        .arn_member = "Arn",
                                        .name_member = "Name",
                                        .quota = 1000,
                                        .search_type = ""};

// All of the above: what an instance's deletion, tags and searches for tags go through.
inline constexpr std::array<const ResourceKind*, 15> kResourceKinds = {
    &kHours,          &kQueue, &kPrompt,      &kFlow,         &kModule,
    &kRoutingProfile, &kUser,  &kAgentStatus, &kQuickConnect, &kSecurityProfile,
    &kHierarchyGroup, &kView,  &kRule,        &kTaskTemplate, &kTestCase};

}  // namespace trunkline::cloud::connect
