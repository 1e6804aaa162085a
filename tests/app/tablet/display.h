// SPDX-License-Identifier: Apache-2.0
//
// A display of the test's own (Xvfb) whose picture can be read, and programs started on it.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

#include "app/ui/geometry.h"
#include "platform/pictures/picture.h"
#include "tests/support/run_program.h"

namespace vigil::test {

// Finds arguments[0] on the PATH; its output goes to the descriptor where one is given.
[[nodiscard]] pid_t start(const std::vector<std::string>& arguments, int output = -1);
// Asks it to end and waits; the exit status, 128 + signal where a signal ended it.
int end(pid_t program);
// The same without asking, at most 20 s; -1 where it still runs.
[[nodiscard]] int wait_for_end(pid_t program);

class Display {
 public:
  Display();
  ~Display();
  Display(const Display&) = delete;
  Display& operator=(const Display&) = delete;

  [[nodiscard]] bool works() const { return name_.size() > 1; }
  // What it shows now, as its frame buffer has it: no program is asked.
  [[nodiscard]] platform::Picture picture() const;

 private:
  TemporaryFolder folder_;
  pid_t server_ = -1;
  std::string name_;
};

// How many pixels of the rectangle look different to the eye.
[[nodiscard]] int differences(const platform::Picture& one, const platform::Picture& other,
                              const ui::Rect& rect);

}  // namespace vigil::test
