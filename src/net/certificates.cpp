#include "net/certificates.h"

#include <unistd.h>

namespace trunkline::net {

Result<std::string> FindCertificates(const std::string& chosen, const Environment& environment) {
  if (!chosen.empty()) return chosen;
  for (const char* name : {"AWS_CA_BUNDLE", "SSL_CERT_FILE"}) {
    if (std::string path = environment.GetOr(name, ""); !path.empty()) return path;
  }
  for (const char* path :
       {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"}) {
    if (access(path, R_OK) == 0) return std::string(path);
  }
  return Error(ErrorKind::kNotFound,
               "no certificates of authorities were found; install 'ca-certificates', or set "
               "SSL_CERT_FILE to a PEM "
               "file");
}

}  // namespace trunkline::net
