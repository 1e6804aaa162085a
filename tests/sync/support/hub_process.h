// SPDX-License-Identifier: Apache-2.0
//
// The real vigil-hub as its own process on loopback, to be stopped or killed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace vigil::test {

class HubProcess {
 public:
  // Starts it over `folder` and waits until it listens; CHECKs that it does.
  explicit HubProcess(std::string folder, std::vector<std::string> more_arguments = {});
  ~HubProcess();  // stop()
  HubProcess(const HubProcess&) = delete;
  HubProcess& operator=(const HubProcess&) = delete;

  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] std::uint16_t port() const;
  // SIGTERM; the exit status, or 128 + signal.
  int stop();
  // SIGKILL: nothing of it runs on.
  void kill();
  // Starts anew over the same folder; usually another port.
  void start();

 private:
  int wait();

  const std::string folder_;
  const std::vector<std::string> more_arguments_;
  pid_t process_ = -1;
  std::string url_;
};

}  // namespace vigil::test
