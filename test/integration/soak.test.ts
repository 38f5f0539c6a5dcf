import { describeSoak } from '../soak/soak';

describeSoak();
