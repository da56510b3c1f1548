import { setSourceMapsSupport } from 'node:module';

// Unlike --enable-source-maps, skips packages: looking for their source maps takes nearly a tenth of the start-up time.
setSourceMapsSupport(true);
