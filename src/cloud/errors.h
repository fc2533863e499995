// Errors that no handler makes: unknown operations, wrong signatures, violated constraints. Clients
// match on codes and texts, and both differ by protocol and service, so they stand together here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aws/model.h"
#include "cloud/operation.h"

namespace trunkline::cloud {

// "operation 'CreateThing' of service 'connect' is not implemented by this cloud"
ServiceError NotImplemented(const aws::Model& model, std::string_view operation);
// A REST request that no operation of the service answers to.
ServiceError NoSuchRoute(const aws::Model& model, std::string_view method, std::string_view path);
ServiceError UnknownService(std::string_view service, aws::Protocol protocol);
// A request that says in no way which service it is for.
ServiceError NoService();

// All violations in one error: the code is the service's own, as far as the operation knows it.
ServiceError ViolatedConstraints(const aws::Model& model, const aws::OperationRow& row,
                                 std::vector<std::string> violations);
// The body is not what the protocol says.
ServiceError Undecodable(const aws::Model& model, const Error& error);

// Why a request's signature was refused.
enum class AuthenticationFault {
  kMissing,     // no signature at all
  kMalformed,   // a signature that cannot be read
  kUnknownKey,  // a key that was issued here and is gone, or is inactive
  kWrongToken,  // a session's key without its token
  kWrongSignature,
  kSkewed,  // signed too long ago, or ahead of time
  kExpiredSession,
  kExpiredLink,  // a presigned URL past its time
  kWrongBody,    // the body is not the one whose hash was signed
};
ServiceError NotAuthenticated(const aws::Model& model, AuthenticationFault fault,
                              std::string_view detail = {});

// What a service says in every error that its model knows: Lambda, whose fault it is.
void AddUsualMembers(const aws::Model& model, json::Object& members);

// Whether clients may expect the code of this operation: its model row names it, or all services
// have it. S3's model names hardly any, so all of its are taken.
bool IsModelled(const aws::Model& model, const aws::OperationRow& row, std::string_view code);

}  // namespace trunkline::cloud
