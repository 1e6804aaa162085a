// SPDX-License-Identifier: Apache-2.0
//
// One long job at a time on a thread of its own: deriving the key, sealing, taking a kit. A job
// takes with it what it works on (the vault, whole) and hands it back through its Finish, so a
// vault is never in two threads. The screen's thread goes on drawing.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>

#include "app/ui/kit.h"

namespace vigil::tablet {

class Work {
 public:
  // How far the job is, in units of its own; `total` 0 where it cannot say.
  struct Progress {
    std::atomic<std::uint64_t> done = 0;
    std::atomic<std::uint64_t> total = 0;
  };
  // Runs on the screen's thread when the job is done.
  using Finish = std::move_only_function<void(ui::Kit&)>;
  using Job = std::move_only_function<Finish(Progress&)>;

  // `wake` ends the screen's sleep from any thread.
  explicit Work(std::function<void()> wake) : wake_(std::move(wake)) {}
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  ~Work();  // waits for the job; its Finish does not run

  // Requires: !busy().
  void start(Job job);
  [[nodiscard]] bool busy() const { return thread_.joinable(); }
  [[nodiscard]] const Progress& progress() const { return progress_; }
  // Where the job is done: its Finish has run when this returns true, and there may be a next job.
  bool settle(ui::Kit& kit);

 private:
  std::function<void()> wake_;
  std::thread thread_;
  std::atomic<bool> done_ = false;
  Progress progress_;
  Finish finish_;
};

}  // namespace vigil::tablet
