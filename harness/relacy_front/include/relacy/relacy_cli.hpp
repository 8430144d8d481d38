#pragma once

#error "Doorway's Relacy front: relacy_cli.hpp is not supported (C++, POSIX and Win32 only)"
