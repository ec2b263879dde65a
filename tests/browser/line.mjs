// A line to the service that can be cut, for pages and workers alike.
import {connect, createServer} from 'node:net';

// {base, cut}: the address to open, and what ends every connection and takes no further one.
export async function line(port) {
  const sockets = new Set();
  const server = createServer(socket => {
    const upstream = connect(port, '127.0.0.1');
    [socket, upstream].forEach(each => {
      sockets.add(each);
      each.on('error', () => {}).on('close', () => {
        socket.destroy();
        upstream.destroy();
      });
    });
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    cut: () => {
      server.close();
      sockets.forEach(socket => socket.destroy());
    }
  };
}
