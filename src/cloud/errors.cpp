#include "cloud/errors.h"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::cloud {
namespace {

using aws::Protocol;

// What one protocol family calls a fault.
struct Coded {
  std::string_view code;
  int status;
};

// Rows are faults, in the order of AuthenticationFault; columns the families of Family below.
constexpr std::array<std::array<Coded, 4>, 9> kAuthentication = {{
    // REST-JSON, JSON, Query, S3
    {{{"MissingAuthenticationTokenException", 403},
      {"MissingAuthenticationTokenException", 400},
      {"MissingAuthenticationToken", 403},
      {"AccessDenied", 403}}},
    {{{"IncompleteSignatureException", 403},
      {"IncompleteSignatureException", 400},
      {"IncompleteSignature", 400},
      {"AuthorizationHeaderMalformed", 400}}},
    {{{"UnrecognizedClientException", 403},
      {"UnrecognizedClientException", 400},
      {"InvalidClientTokenId", 403},
      {"InvalidAccessKeyId", 403}}},
    {{{"UnrecognizedClientException", 403},
      {"UnrecognizedClientException", 400},
      {"InvalidClientTokenId", 403},
      {"InvalidToken", 400}}},
    {{{"InvalidSignatureException", 403},
      {"InvalidSignatureException", 400},
      {"SignatureDoesNotMatch", 403},
      {"SignatureDoesNotMatch", 403}}},
    {{{"InvalidSignatureException", 403},
      {"InvalidSignatureException", 400},
      {"SignatureDoesNotMatch", 403},
      {"RequestTimeTooSkewed", 403}}},
    {{{"ExpiredTokenException", 403},
      {"ExpiredTokenException", 400},
      {"ExpiredToken", 403},
      {"ExpiredToken", 400}}},
    {{{"InvalidSignatureException", 403},
      {"InvalidSignatureException", 400},
      {"SignatureDoesNotMatch", 403},
      {"AccessDenied", 403}}},
    {{{"InvalidSignatureException", 403},
      {"InvalidSignatureException", 400},
      {"SignatureDoesNotMatch", 403},
      {"XAmzContentSHA256Mismatch", 400}}},
}};

constexpr std::array<std::string_view, 9> kAuthenticationTexts = {
    "Missing Authentication Token",
    "The signature of the request cannot be read",
    "The security token included in the request is invalid.",
    "The security token included in the request is invalid.",
    "The request signature we calculated does not match the signature you provided. Check your AWS "
    "Secret Access "
    "Key and signing method. Consult the service documentation for details.",
    "Signature expired or not yet current: the difference between the request time and the current "
    "time is too large.",
    "The security token included in the request is expired",
    "Request has expired",
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
};

std::size_t FamilyOf(Protocol protocol) {
  switch (protocol) {
    case Protocol::kRestJson:
      return 0;
    case Protocol::kJson10:
    case Protocol::kJson11:
      return 1;
    case Protocol::kQuery:
      return 2;
    case Protocol::kRestXml:
      return 3;
  }
  return 0;
}

constexpr std::array<Coded, 4> kUnknownOperation = {{{"UnknownOperationException", 404},
                                                     {"UnknownOperationException", 400},
                                                     {"InvalidAction", 400},
                                                     {"NotImplemented", 501}}};
constexpr std::array<Coded, 4> kUndecodable = {{{"SerializationException", 400},
                                                {"SerializationException", 400},
                                                {"MalformedInput", 400},
                                                {"MalformedXML", 400}}};
constexpr std::array<std::string_view, 4> kViolation = {
    "ValidationException", "ValidationException", "ValidationError", "InvalidArgument"};

ServiceError Make(const Coded& coded, std::string_view message) {
  return ServiceError(coded.code, message).WithStatus(coded.status);
}

// Services whose operations name another error for wrong input; the first that the operation's row
// has counts.
struct ViolationCodes {
  std::string_view service;
  std::array<std::string_view, 2> codes;
};
constexpr std::array<ViolationCodes, 5> kViolationCodes = {{
    {"codebuild", {"InvalidInputException", ""}},
    {"connect", {"InvalidParameterException", "InvalidRequestException"}},
    {"ecr", {"InvalidParameterException", ""}},
    {"logs", {"InvalidParameterException", ""}},
    {"sns", {"InvalidParameterException", ""}},
}};

bool Names(const aws::OperationRow& row, std::string_view code) {
  return std::any_of(row.errors.begin(), row.errors.end(), [code](const aws::ErrorRow* error) {
    return error->code == code || error->name == code;
  });
}

std::string_view ViolationCode(const aws::Model& model, const aws::OperationRow& row) {
  for (const ViolationCodes& service : kViolationCodes) {
    if (service.service != model.service) continue;
    for (const std::string_view code : service.codes) {
      if (Names(row, code)) return code;
    }
  }
  return kViolation.at(FamilyOf(model.protocol));
}

// The member at which a violation is: "name" of "Value 'x' at 'name.part' failed ...".
std::string_view MemberIn(std::string_view violation) {
  constexpr std::string_view kAt = "' at '";
  const std::size_t at = violation.find(kAt);
  if (at == std::string_view::npos) return {};
  violation.remove_prefix(at + kAt.size());
  return violation.substr(0, violation.find_first_of(".'"));
}

// API Gateway calls members of a body by the whole input's name ("putIntegrationInput.type"), and
// tells them before what stands in the path (seen).
void NameInput(const aws::OperationRow& row, std::vector<std::string>& violations) {
  const std::string input = ToLower(row.name.substr(0, 1)) + row.name.substr(1) + "Input.";
  const auto in_body = [&row](const std::string& violation) {
    const aws::MemberRow* member = row.input ? row.input->FindMember(MemberIn(violation)) : nullptr;
    return member && member->location == aws::Location::kBody;
  };
  const auto end = std::stable_partition(violations.begin(), violations.end(), in_body);
  for (auto one = violations.begin(); one != end; ++one) {
    const std::string_view name = MemberIn(*one);
    one->insert(static_cast<std::size_t>(name.data() - one->data()), input);
  }
}

constexpr std::array<std::string_view, 7> kCommonCodes = {
    "AccessDenied",        "AccessDeniedException", "InternalFailure",     "InvalidParameterValue",
    "ThrottlingException", "ValidationError",       "ValidationException",
};

}  // namespace

ServiceError NotImplemented(const aws::Model& model, std::string_view operation) {
  return Make(kUnknownOperation.at(FamilyOf(model.protocol)),
              fmt::format("operation '{}' of service '{}' is not implemented by this cloud",
                          operation, model.service));
}

ServiceError NoSuchRoute(const aws::Model& model, std::string_view method, std::string_view path) {
  return Make(kUnknownOperation.at(FamilyOf(model.protocol)),
              fmt::format("service '{}' has no operation at '{} {}'", model.service, method, path));
}

ServiceError UnknownService(std::string_view service, Protocol protocol) {
  return Make(kUnknownOperation.at(FamilyOf(protocol)),
              fmt::format("service '{}' is not implemented by this cloud", service));
}

ServiceError NoService() {
  return Make(kUnknownOperation.at(0),
              "the request does not say which service it is for: expected a signature, an "
              "X-Amz-Target header or an "
              "Action parameter");
}

namespace {

// SQS says it of one parameter, the first that is not there (seen in recordings of the service).
std::optional<ServiceError> MissingOfQueue(const aws::Model& model,
                                           const std::vector<std::string>& violations) {
  constexpr std::string_view kBegin = "Value null at '";
  if (model.signing_name != "sqs" || !violations.front().starts_with(kBegin)) return std::nullopt;
  std::string name = violations.front().substr(kBegin.size());
  name.resize(name.find('\''));
  name = name.substr(name.rfind('.') + 1);
  // Members of an input begin with a capital letter here, whatever the path says.
  if (!name.empty() && name.front() >= 'a' && name.front() <= 'z')
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return ServiceError("MissingParameter",
                      fmt::format("The request must contain the parameter {}.", name))
      .WithStatus(400);
}

}  // namespace

ServiceError ViolatedConstraints(const aws::Model& model, const aws::OperationRow& row,
                                 std::vector<std::string> violations) {
  if (auto missing = MissingOfQueue(model, violations)) return *std::move(missing);
  if (model.service == "apigateway") NameInput(row, violations);
  const std::string text = fmt::format("{} validation error{} detected: {}", violations.size(),
                                       violations.size() == 1 ? "" : "s", Join(violations, "; "));
  return ServiceError(ViolationCode(model, row), text).WithStatus(400);
}

ServiceError Undecodable(const aws::Model& model, const Error& error) {
  Coded coded = kUndecodable.at(FamilyOf(model.protocol));
  if (!error.code().empty()) coded.code = error.code();
  std::string text = error.message();
  for (const std::string& step : error.steps()) text += ", while " + step;
  return Make(coded, text);
}

ServiceError NotAuthenticated(const aws::Model& model, AuthenticationFault fault,
                              std::string_view detail) {
  const auto row = static_cast<std::size_t>(fault);
  std::string text(kAuthenticationTexts.at(row));
  if (!detail.empty()) text += fmt::format(": {}", detail);
  return Make(kAuthentication.at(row).at(FamilyOf(model.protocol)), text);
}

void AddUsualMembers(const aws::Model& model, json::Object& members) {
  if (model.service == "lambda" && !members.Has("Type")) members.Set("Type", "User");
}

bool IsModelled(const aws::Model& model, const aws::OperationRow& row, std::string_view code) {
  if (model.protocol == Protocol::kRestXml || Names(row, code)) return true;
  // Deletions of API Gateway refuse what is in use by errors that their rows do not name (seen),
  // and of CloudWatch dashboards that are not there (as older models say).
  const bool loose = model.signing_name == "apigateway" || model.signing_name == "monitoring";
  if (loose && model.FindError(code)) return true;
  // Codes of its query protocol that no row names (seen).
  const bool of_queues = code == "InvalidParameterValue" || code == "MissingParameter";
  if (model.signing_name == "sqs" && of_queues) return true;
  return std::find(kCommonCodes.begin(), kCommonCodes.end(), code) != kCommonCodes.end();
}

}  // namespace trunkline::cloud
