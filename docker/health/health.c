/*
 * The image's health check: asks the gateway whether it is live, and exits with 0 or 1.
 *
 * It starts every few seconds beside the gateway, for as long as that runs. A Java virtual machine, however trimmed,
 * takes more than 32 MiB to ask one question; this takes one, and needs nothing of the image, not even a C library.
 *
 * The port is that of DISCREET_ADMIN, as the gateway reads it. Who sets `admin` in gateway.yaml to another port says
 * so there too.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define DEFAULT_PORT 9090
#define TIMEOUT_SECONDS 2

static const char REQUEST[] = "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
static const char HEALTHY[] = "HTTP/1.1 200 ";

static int admin_port(void) {
  const char *address = getenv("DISCREET_ADMIN");
  const char *colon = address == NULL ? NULL : strrchr(address, ':');
  return colon == NULL ? DEFAULT_PORT : atoi(colon + 1);
}

static int failed(const char *what) {
  perror(what);
  return EXIT_FAILURE;
}

int main(void) {
  struct timeval timeout = {.tv_sec = TIMEOUT_SECONDS};
  struct sockaddr_in gateway = {.sin_family = AF_INET,
                                .sin_port = htons((unsigned short)admin_port()),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  char status[sizeof HEALTHY - 1];
  size_t have = 0;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) return failed("socket");
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
  if (connect(fd, (struct sockaddr *)&gateway, sizeof gateway) < 0) return failed("connect");
  if (write(fd, REQUEST, sizeof REQUEST - 1) != sizeof REQUEST - 1) return failed("write");
  while (have < sizeof status) {
    ssize_t more = read(fd, status + have, sizeof status - have);
    if (more < 0) return failed("read");
    if (more == 0) break;
    have += (size_t)more;
  }
  if (have == sizeof status && memcmp(status, HEALTHY, sizeof status) == 0) return EXIT_SUCCESS;
  fprintf(stderr, "not live: %.*s\n", (int)have, status);
  return EXIT_FAILURE;
}
