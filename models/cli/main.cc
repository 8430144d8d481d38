#include "models/cli/command_line.h"

int main(int argc, char** argv) {
  return static_cast<int>(doorway::RunCommandLine(std::vector<std::string>(argv, argv + argc)));
}
