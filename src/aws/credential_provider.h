// CredentialProvider: credentials that are fetched when first needed and again before they expire.
#pragma once

#include <memory>
#include <string>

#include "aws/client_state.h"
#include "net/async.h"

namespace trunkline::aws {

class CredentialProvider {
 public:
  virtual ~CredentialProvider() = default;

  // Fetches at most once at a time, however many ask. Credentials that could not be renewed are
  // given out until they really expire.
  static net::aw<Result<Credentials>> Get(std::shared_ptr<CredentialProvider> self,
                                          std::shared_ptr<Client::Shared> shared,
                                          std::string region);
  // The service called them expired.
  void Forget() { credentials_.reset(); }
  // Whose quota their calls use: an account as far as it is known, else the key.
  virtual std::string Owner() const;

  static std::shared_ptr<CredentialProvider> FromChain();
  static std::shared_ptr<CredentialProvider> Fixed(Credentials credentials);
  static std::shared_ptr<CredentialProvider> FromRole(std::shared_ptr<CredentialProvider> source,
                                                      RoleToAssume role);

 protected:
  virtual net::aw<Result<Credentials>> Fetch(std::shared_ptr<Client::Shared> shared,
                                             std::string region) = 0;

  std::optional<Credentials> credentials_;

 private:
  struct Fetching;

  std::shared_ptr<Fetching>
      fetching_;  // shared with those who wait for the one who fetches; nobody: null
};

}  // namespace trunkline::aws
