// A line to the service that can be cut, for pages and workers alike.
import {connect, createServer} from 'node:net';

// {base, cut, passed}: the address to open; what ends every connection and takes no further one; every request that went
// through, as `GET /path`, whoever in the browser made it.
export async function line(port) {
  const [sockets, passed] = [new Set(), []];
  const server = createServer(socket => {
    const upstream = connect(port, '127.0.0.1');
    [socket, upstream].forEach(each => {
      sockets.add(each);
      each.on('error', () => {}).on('close', () => {
        socket.destroy();
        upstream.destroy();
      });
    });
    socket.on('data', chunk => passed.push(...chunk.toString('latin1').match(/^[A-Z]+ \S+(?= HTTP\/1)/gm) ?? []));
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    passed,
    cut: () => {
      server.close();
      sockets.forEach(socket => socket.destroy());
    }
  };
}
