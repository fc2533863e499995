// Who holds a token of a chat: the participant service's callers have no keys.
#pragma once

#include <string>
#include <string_view>

#include "cloud/engine.h"
#include "cloud/operation.h"
#include "net/http.h"

namespace trunkline::cloud::participant {

inline constexpr std::string_view kService = "connectparticipant";

struct Bearer {
  Caller caller;       // of the account of the chat
  std::string region;  // of the chat
};

// By X-Amz-Bearer; whatever signs the request is ignored. AccessDeniedException: nobody's token.
Answer<Bearer> WhoBears(Engine& engine, const net::Request& request);

}  // namespace trunkline::cloud::participant
