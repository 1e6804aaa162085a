// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/work.h"

#include <utility>

#include "core/base/check.h"

namespace vigil::tablet {

Work::~Work() {
  if (thread_.joinable()) thread_.join();
}

void Work::start(Job job) {
  CHECK(!busy());
  done_ = false;
  progress_.done = 0;
  progress_.total = 0;
  thread_ = std::thread([this, job = std::move(job)]() mutable {
    finish_ = job(progress_);
    job = nullptr;  // what it carried is gone before it counts as done
    done_ = true;
    wake_();
  });
}

bool Work::settle(ui::Kit& kit) {
  if (!busy() || !done_) return false;
  thread_.join();
  Finish finish = std::exchange(finish_, nullptr);
  if (finish) finish(kit);
  return true;
}

}  // namespace vigil::tablet
