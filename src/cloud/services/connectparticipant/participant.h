// The participant service: what a customer's chat client says and hears. Its callers hold the token
// of a chat instead of an account's keys.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cloud/contacts/host.h"
#include "cloud/operation.h"
#include "cloud/wait.h"

namespace trunkline::cloud::participant {

extern constinit const Family kConnectionOperations;
extern constinit const Family kMessageOperations;
extern constinit const Family kTranscriptOperations;

using Live = std::shared_ptr<contacts::LiveContact>;

// Whose connection token it is. AccessDeniedException: nobody's, or no longer.
Answer<Live> FindConnected(const WaitContext& context, const json::Object& input);
ServiceError Denied();
ServiceError Invalid(std::string_view message);
// The customer has gone: tells the chat and, if it goes on, the contact.
void Disconnect(Engine& engine, const Live& live);

}  // namespace trunkline::cloud::participant
