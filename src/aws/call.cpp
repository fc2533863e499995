// One call: encode, then up to max_attempts times: take a token, sign, send, read; wait and go on
// where it may help.
#include "aws/client_state.h"
#include "aws/codec.h"
#include "aws/credential_provider.h"
#include "aws/sigv4.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

using Shared = Client::Shared;
using Settings = Client::Settings;

struct Wanted {
  const Model* model = nullptr;
  const OperationRow* operation = nullptr;
};

template <class Names>
std::string DidYouMean(std::string_view word, const Names& names) {
  const std::optional<std::string> nearest = Nearest(word, names);
  return nearest ? fmt::format(", did you mean '{}'?", *nearest) : "";
}

Result<Wanted> FindWanted(const Models& models, const std::string& service,
                          const std::string& operation) {
  const Model* model = models.Find(service);
  if (model == nullptr) {
    return Error(ErrorKind::kNotFound, "service '{}' is not known{}", service,
                 DidYouMean(service, models.names()));
  }
  const OperationRow* row = model->FindOperation(operation);
  if (row != nullptr) return Wanted{.model = model, .operation = row};
  std::vector<std::string> names;
  for (const OperationRow& known : model->operations) names.push_back(known.name);
  return Error(ErrorKind::kNotFound, "service '{}' has no operation '{}'{}", service, operation,
               DidYouMean(operation, names));
}

// Made once a call: a retry with the same token cannot do the work twice.
void FillTokens(const OperationRow& operation, Random& random, json::Object& input) {
  if (operation.input == nullptr) return;
  for (const MemberRow& member : operation.input->members) {
    if (member.idempotency_token && !input.Has(member.name))
      input.Set(member.name, NewUuid(random));
  }
}

// A caller sees no more than the Error, so the list of what is wrong with a flow goes into its
// text.
Error WithProblems(Error error, const json::Object& members) {
  std::string more;
  for (const char* list : {"problems", "Problems"}) {
    for (const json::Value& problem : members.GetArray(list)) {
      if (!problem.IsObject()) continue;
      const json::Object& facts = problem.AsObject();
      more += fmt::format("\n  {}", facts.GetString("message", facts.GetString("Message")));
    }
  }
  if (more.empty()) return error;
  return Error(error.kind(), "{}{}", error.message(), more).WithCode(error.code());
}

class OneCall {
 public:
  OneCall(std::shared_ptr<Shared> shared, std::shared_ptr<const Settings> settings, Wanted wanted,
          json::Object input)
      : shared_(std::move(shared)),
        settings_(std::move(settings)),
        model_(*wanted.model),
        operation_(*wanted.operation),
        input_(std::move(input)) {}

  net::aw<Result<json::Object>> Run() {
    TL_CO_DO(Prepare());
    const int most = std::max(1, shared_->options.max_attempts);
    bool renewed = false;
    bool set_clock = false;
    for (int attempt = 1;; ++attempt) {
      Result<json::Object> output = co_await Attempt();
      if (output) {
        Succeeded(attempt > 1);
        co_return output;
      }
      const Error& error = output.error();
      if (error.kind() == ErrorKind::kThrottled) Throttled();
      if (IsExpired(error) && !std::exchange(renewed, true)) {
        settings_->credentials->Forget();
        continue;
      }
      if (LearnsTheTime(error) && !std::exchange(set_clock, true)) continue;
      if (attempt >= most || !IsWorthRetrying(error, status_) || !shared_->retries.Take())
        co_return output;
      const Milliseconds wait = BackOff(attempt, headers_, shared_->world.random);
      shared_->world.log.Debug("{}:{}: {}; attempt {} of {} in {}", model_.service, operation_.name,
                               error.message(), attempt + 1, most, ToDurationText(wait));
      co_await shared_->world.timers.Wait(wait);
    }
  }

 private:
  Result<void> Prepare() {
    if (shared_->profiles_error) return *shared_->profiles_error;
    if (settings_->region.empty()) {
      return Error(ErrorKind::kInvalid,
                   "no AWS Region is set: set AWS_REGION, or 'region' in the profile");
    }
    FillTokens(operation_, shared_->world.random, input_);
    TL_TRY(request_, EncodeRequest(model_, operation_, input_));
    const EndpointChoice choice{.option = shared_->options.endpoint_url,
                                .environment = shared_->world.environment,
                                .profiles = shared_->profiles,
                                .profile = shared_->profile};
    TL_TRY(endpoint_, FindEndpoint(model_, settings_->region, choice));
    Address(model_, operation_, input_, endpoint_, request_);
    request_.headers.Set("User-Agent", "trunkline");
    limited_ = shared_->options.rate_limits.value_or(endpoint_.own);
    input_ = json::Object();  // encoded: only the request is needed
    return {};
  }

  net::aw<Result<json::Object>> Attempt() {
    status_ = 0;
    headers_ = net::Headers();
    std::optional<Credentials> credentials;
    if (!operation_.unsigned_) {
      TL_CO_TRY(credentials, co_await CredentialProvider::Get(settings_->credentials, shared_,
                                                              settings_->region));
      // Waiting for a token comes before signing: a signature ages.
      if (limited_) co_await TakeToken();
    }
    // The body may be a program, and the caller a function with little memory: it is lent to the
    // attempt.
    std::string body = std::move(request_.body);
    net::Request request = request_;
    request.body = std::move(body);
    if (credentials) SignRequest(*credentials, request);
    ++shared_->requests;
    Result<net::Response> response = co_await shared_->http.SendKept(endpoint_.url, request);
    request_.body = std::move(request.body);
    if (!response) co_return std::move(response).error();
    status_ = response->status;
    headers_ = response->headers;
    if (status_ < 200 || status_ > 299) {
      json::Object members;
      Error error = DecodeError(model_, *response, &members);
      co_return WithProblems(std::move(error), members);
    }
    co_return DecodeResponse(model_, operation_, *response);
  }

  net::aw<void> TakeToken() {
    const Milliseconds wait =
        shared_->limits.Reserve(settings_->credentials->Owner(), settings_->region, model_.service,
                                operation_.name, shared_->world.clock.Now());
    if (wait.count() > 0) co_await shared_->world.timers.Wait(wait);
  }

  void SignRequest(const Credentials& credentials, net::Request& request) const {
    SignOptions options;
    options.region = endpoint_.signing_region;
    options.service = model_.signing_name;
    options.time = shared_->world.clock.Now() + shared_->clock_skew;
    options.double_encode = model_.service != "s3";
    options.normalise = options.double_encode;
    Sign(request, credentials, options);
  }

  void Throttled() {
    if (!limited_) return;
    shared_->limits.Throttled(settings_->credentials->Owner(), settings_->region, model_.service,
                              operation_.name, shared_->world.clock.Now());
  }

  void Succeeded(bool after_retry) {
    shared_->retries.Succeeded(after_retry);
    if (limited_) {
      shared_->limits.Succeeded(settings_->credentials->Owner(), settings_->region, model_.service,
                                operation_.name);
    }
  }

  // A refused signature beside a Date far from ours: our clock is wrong, theirs counts.
  bool LearnsTheTime(const Error& error) {
    constexpr std::chrono::minutes kFar(4);
    const bool about_time =
        error.code() == "RequestTimeTooSkewed" || error.code() == "InvalidSignatureException" ||
        error.code() == "SignatureDoesNotMatch" || error.code() == "AuthFailure";
    const auto theirs = about_time ? ParseHttpDate(headers_.Get("Date")) : std::nullopt;
    if (!theirs) return false;
    const Milliseconds skew = *theirs - shared_->world.clock.Now();
    if (std::chrono::abs(skew - shared_->clock_skew) < kFar) return false;
    shared_->clock_skew = skew;
    return true;
  }

  std::shared_ptr<Shared> shared_;  // shared with all copies of the client
  std::shared_ptr<const Settings> settings_;
  const Model& model_;
  const OperationRow& operation_;
  json::Object input_;
  net::Request request_;  // unsigned
  Endpoint endpoint_;
  bool limited_ = false;
  int status_ = 0;        // of the last attempt; 0: no answer
  net::Headers headers_;  // likewise
};

}  // namespace

net::aw<Result<json::Object>> CallOperation(std::shared_ptr<Client::Shared> shared,
                                            std::shared_ptr<const Client::Settings> settings,
                                            std::string service, std::string operation,
                                            json::Object input) {
  Result<Wanted> wanted = FindWanted(shared->models, service, operation);
  if (!wanted) co_return std::move(wanted).error();
  const std::string region = settings->region;
  OneCall call(shared, settings, *wanted, std::move(input));
  Result<json::Object> output = co_await call.Run();
  if (output) co_return output;
  co_return std::move(output).error().While("calling {}:{} in {}", service, operation,
                                            region.empty() ? "no Region" : region);
}

net::aw<Result<json::Object>> CallWith(std::shared_ptr<Client::Shared> shared, std::string region,
                                       std::optional<Credentials> credentials, std::string service,
                                       std::string operation, json::Object input) {
  auto settings = std::make_shared<Client::Settings>();
  settings->region = std::move(region);
  settings->credentials = CredentialProvider::Fixed(std::move(credentials).value_or(Credentials()));
  return CallOperation(std::move(shared), std::move(settings), std::move(service),
                       std::move(operation), std::move(input));
}

}  // namespace trunkline::aws
